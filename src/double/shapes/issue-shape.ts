import type { Account, Comment, Issue, IssueEvent, Label, Reaction, Repository } from "../model.ts";
import { reactionContents } from "../model.ts";
import type { World } from "../world.ts";
import { accountOrNull, accountShape, nodeId } from "./account-shape.ts";
import { viaApp } from "./app-shape.ts";
import { apiUrl, htmlUrl } from "./repository-shape.ts";

/** How an author stands to a repository. */
export function association(repository: Repository, author: Account): string {
  if (repository.owner.id === author.id) return "OWNER";
  return repository.collaborators.has(author.login.toLowerCase()) ? "COLLABORATOR" : "NONE";
}

/** The counts of reactions by content. */
export function reactionCounts(reactions: readonly Reaction[], url: string) {
  const counts = reactionContents.map((content) => [
    content,
    reactions.filter((reaction) => reaction.content === content).length,
  ]);
  return { url, total_count: reactions.length, ...Object.fromEntries(counts) };
}

/** A label of a repository. */
export function labelShape(world: World, repository: Repository, label: Label) {
  return {
    id: label.id,
    node_id: nodeId("LA", label.id),
    url: `${apiUrl(world, repository)}/labels/${encodeURIComponent(label.name)}`,
    name: label.name,
    color: label.color,
    default: false,
    description: label.description,
  };
}

/** Where a person sees an issue or a pull request. */
export function issueHtmlUrl(world: World, repository: Repository, issue: Issue): string {
  return `${htmlUrl(world, repository)}/${issue.pull ? "pull" : "issues"}/${issue.number}`;
}

/** An issue as the API and the webhooks show it; a pull request is an issue too. */
export function issueShape(world: World, repository: Repository, issue: Issue) {
  const url = `${apiUrl(world, repository)}/issues/${issue.number}`;
  return {
    url,
    repository_url: apiUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: issueHtmlUrl(world, repository, issue),
    id: issue.id,
    node_id: nodeId("I", issue.id),
    number: issue.number,
    title: issue.title,
    user: accountShape(world, issue.author),
    labels: issue.labels.map((label) => labelShape(world, repository, label)),
    state: issue.state,
    locked: false,
    assignee: accountOrNull(world, issue.assignees[0] ?? null),
    assignees: issue.assignees.map((assignee) => accountShape(world, assignee)),
    milestone: null,
    comments: issue.comments.length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: association(repository, issue.author),
    active_lock_reason: null,
    ...(issue.pull && pullLinks(world, repository, issue)),
    body: issue.body,
    reactions: reactionCounts(issue.reactions, `${url}/reactions`),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: viaApp(world, issue.author),
    state_reason: issue.stateReason,
  };
}

/** What only the issue's own page of the API tells, and no webhook. */
export function fullIssueShape(world: World, repository: Repository, issue: Issue) {
  return { ...issueShape(world, repository, issue), closed_by: accountOrNull(world, issue.closedBy) };
}

function pullLinks(world: World, repository: Repository, issue: Issue) {
  const html = issueHtmlUrl(world, repository, issue);
  return {
    draft: issue.pull?.draft ?? false,
    pull_request: {
      url: `${apiUrl(world, repository)}/pulls/${issue.number}`,
      html_url: html,
      diff_url: `${html}.diff`,
      patch_url: `${html}.patch`,
      merged_at: issue.pull?.mergedAt ?? null,
    },
  };
}

/** A comment below an issue or a pull request. */
export function commentShape(world: World, repository: Repository, at: { issue: Issue; comment: Comment }) {
  const { issue, comment } = at;
  const url = `${apiUrl(world, repository)}/issues/comments/${comment.id}`;
  return {
    url,
    html_url: `${issueHtmlUrl(world, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${apiUrl(world, repository)}/issues/${issue.number}`,
    id: comment.id,
    node_id: nodeId("IC", comment.id),
    user: accountShape(world, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: association(repository, comment.author),
    body: comment.body,
    reactions: reactionCounts(comment.reactions, `${url}/reactions`),
    performed_via_github_app: viaApp(world, comment.author),
  };
}

/** A reaction with its author. */
export function reactionShape(world: World, reaction: Reaction) {
  return {
    id: reaction.id,
    node_id: nodeId("REA", reaction.id),
    user: accountShape(world, reaction.author),
    content: reaction.content,
    created_at: reaction.createdAt,
  };
}

/** An entry of an issue's history. */
export function eventShape(world: World, repository: Repository, event: IssueEvent) {
  return {
    id: event.id,
    node_id: nodeId("EV", event.id),
    url: `${apiUrl(world, repository)}/issues/events/${event.id}`,
    actor: accountShape(world, event.actor),
    event: event.event,
    commit_id: null,
    commit_url: null,
    created_at: event.createdAt,
    performed_via_github_app: viaApp(world, event.actor),
    ...event.detail,
  };
}
