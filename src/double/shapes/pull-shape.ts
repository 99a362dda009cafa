import type { Account, PullRequest, Repository } from "../model.ts";
import { type PullFacts, pullFacts } from "../pull-facts.ts";
import type { World } from "../world.ts";
import { accountOrNull, accountShape, nodeId } from "./account-shape.ts";
import { association, issueHtmlUrl, labelShape } from "./issue-shape.ts";
import { apiUrl, repositoryShape } from "./repository-shape.ts";
import { teamHookShape, teamShape } from "./team-shape.ts";

/** A pull request as lists and review webhooks show it. */
export async function simplePullShape(world: World, repository: Repository, issue: PullRequest) {
  return simple(world, repository, { issue, facts: await pullFacts(repository, issue) });
}

/** A pull request as its own page of the API and its webhooks show it. */
export async function pullShape(world: World, repository: Repository, issue: PullRequest) {
  const facts = await pullFacts(repository, issue);
  const { pull } = issue;
  const open = issue.state === "open";
  return {
    ...simple(world, repository, { issue, facts }),
    merged: pull.mergedAt !== null,
    mergeable: open ? facts.mergeable : null,
    rebaseable: open ? facts.mergeable : null,
    mergeable_state: mergeableState(issue, facts),
    merged_by: accountOrNull(world, pull.mergedBy),
    comments: issue.comments.length,
    review_comments: pull.reviewComments.length,
    maintainer_can_modify: false,
    commits: facts.commits,
    additions: facts.additions,
    deletions: facts.deletions,
    changed_files: facts.changedFiles,
  };
}

/** A shape of a pull request as webhooks show it. */
export function inWebhook<Shape extends object>(world: World, { pull }: PullRequest, shape: Shape) {
  return { ...shape, requested_teams: pull.requestedTeams.map((team) => teamHookShape(world, team)) };
}

function mergeableState({ state, pull }: PullRequest, facts: PullFacts): string {
  if (state === "closed") return "unknown";
  if (!facts.mergeable) return "dirty";
  return pull.draft ? "draft" : "clean";
}

function simple(world: World, repository: Repository, at: { issue: PullRequest; facts: PullFacts }) {
  const { issue, facts } = at;
  const { pull } = issue;
  const links = pullLinks(world, repository, at);
  return {
    ...links.fields,
    id: pull.id,
    node_id: nodeId("PR", pull.id),
    number: issue.number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: accountShape(world, issue.author),
    body: issue.body,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.mergedAt,
    merge_commit_sha: pull.mergeCommit,
    assignee: accountOrNull(world, issue.assignees[0] ?? null),
    assignees: issue.assignees.map((assignee) => accountShape(world, assignee)),
    requested_reviewers: pull.requestedReviewers.map((reviewer) => accountShape(world, reviewer)),
    requested_teams: pull.requestedTeams.map((team) => teamShape(world, team)),
    labels: issue.labels.map((label) => labelShape(world, repository, label)),
    milestone: null,
    draft: pull.draft,
    head: side(world, pull.fork ? forkOf(repository, pull.fork) : repository, {
      ref: pull.head,
      sha: facts.headSha,
    }),
    base: side(world, repository, { ref: pull.base, sha: facts.baseSha }),
    _links: links.links,
    author_association: association(repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** The fork of a person is a repository of its own. */
function forkOf(repository: Repository, owner: Account): Repository {
  return { ...repository, id: repository.id * 1_000 + owner.id, owner, isFork: true };
}

function side(world: World, repository: Repository, at: { ref: string; sha: string }) {
  return {
    label: `${repository.owner.login}:${at.ref}`,
    ref: at.ref,
    sha: at.sha,
    user: accountShape(world, repository.owner),
    repo: repositoryShape(world, repository),
  };
}

function pullLinks(world: World, repository: Repository, at: { issue: PullRequest; facts: PullFacts }) {
  const api = apiUrl(world, repository);
  const url = `${api}/pulls/${at.issue.number}`;
  const html = issueHtmlUrl(world, repository, at.issue);
  const fields = {
    url,
    html_url: html,
    diff_url: `${html}.diff`,
    patch_url: `${html}.patch`,
    issue_url: `${api}/issues/${at.issue.number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${at.issue.number}/comments`,
    statuses_url: `${api}/statuses/${at.facts.headSha}`,
  };
  const links = {
    self: { href: fields.url },
    html: { href: fields.html_url },
    issue: { href: fields.issue_url },
    comments: { href: fields.comments_url },
    review_comments: { href: fields.review_comments_url },
    review_comment: { href: fields.review_comment_url },
    commits: { href: fields.commits_url },
    statuses: { href: fields.statuses_url },
  };
  return { fields, links };
}
