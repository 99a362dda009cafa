import { closedBy } from "../closing.ts";
import { mergeBase, mergedTree } from "../git/compare.ts";
import { readRef } from "../git/read-objects.ts";
import { git } from "../git/run-git.ts";
import { writeCommit } from "../git/write-objects.ts";
import { type Account, isPullRequest, type PullRequest, type Team } from "../model.ts";
import { headRefOf } from "../pull-facts.ts";
import { invalid, Refusal, validationFailed } from "../refusal.ts";
import { accountShape } from "../shapes/account-shape.ts";
import { noreplyAddress } from "../shapes/commit-shape.ts";
import { teamHookShape } from "../shapes/team-shape.ts";
import { now } from "../world.ts";
import type { By } from "./announce.ts";
import { announceIssue, closeIssue, makeIssue, remember } from "./issue-acts.ts";
import { moveRef } from "./ref-acts.ts";

/** What a new pull request says. */
export type NewPull = {
  title: string;
  head: string;
  base: string;
  body?: string | null;
  draft?: boolean;
  /** Whose fork the head is in. */
  fork?: Account;
};

/** Opens a pull request, or refuses it in GitHub's words. */
export async function openPull(by: By, fields: NewPull): Promise<PullRequest> {
  const shas = await pullShas(by, fields);
  const issue = makeIssue(by, { title: fields.title, body: fields.body ?? null });
  issue.pull = {
    id: by.world.newId(),
    draft: fields.draft ?? false,
    head: fields.head,
    base: fields.base,
    ...shas,
    mergedAt: null,
    mergedBy: null,
    mergeCommit: null,
    reviews: [],
    reviewComments: [],
    requestedReviewers: [],
    requestedTeams: [],
    ...(fields.fork && { fork: fields.fork }),
  };
  const pullRequest = issue as PullRequest;
  await git(by.repository.directory, ["update-ref", `refs/pull/${issue.number}/head`, shas.headSha]);
  await announceIssue(by, { issue: pullRequest, action: "opened" });
  return pullRequest;
}

async function pullShas({ repository }: By, fields: NewPull): Promise<{ headSha: string; baseSha: string }> {
  const { directory, owner } = repository;
  if (fields.draft && !repository.drafts)
    throw invalid("Draft pull requests are not supported in this repository.");
  const headSha = await readRef(directory, headRefOf(fields));
  if (!headSha) throw validationFailed({ resource: "PullRequest", field: "head", code: "invalid" });
  const baseSha = await readRef(directory, `refs/heads/${fields.base}`);
  if (!baseSha) throw validationFailed({ resource: "PullRequest", field: "base", code: "invalid" });
  const twin = repository.issues
    .filter(isPullRequest)
    .find(
      ({ state, pull }) =>
        state === "open" && headRefOf(pull) === headRefOf(fields) && pull.base === fields.base,
    );
  const label = `${(fields.fork ?? owner).login}:${fields.head}`;
  if (twin) throw refusedPull(`A pull request already exists for ${label}.`);
  const ancestor = await mergeBase(directory, baseSha, headSha);
  if (!ancestor) throw refusedPull(`The ${fields.head} branch has no history in common with ${fields.base}`);
  if (ancestor === headSha) throw refusedPull(`No commits between ${fields.base} and ${fields.head}`);
  return { headSha, baseSha };
}

function refusedPull(message: string): Refusal {
  return validationFailed({ resource: "PullRequest", code: "custom", message });
}

/** Takes the draft mark off. */
export async function markReady(by: By, issue: PullRequest): Promise<void> {
  if (!issue.pull.draft) return;
  issue.pull.draft = false;
  remember(by, issue, { event: "ready_for_review" });
  await announceIssue(by, { issue, action: "ready_for_review" });
}

/** Asks people and teams for a review; who is no collaborator or is the author is refused. */
export async function requestReviewers(
  by: By,
  issue: PullRequest,
  { people, teams = [] }: { people: readonly Account[]; teams?: readonly Team[] },
): Promise<void> {
  const { repository } = by;
  const mayReview = (person: Account): boolean =>
    person.id === repository.owner.id || repository.collaborators.has(person.login.toLowerCase());
  if (!people.every(mayReview))
    throw invalid(
      "Reviews may only be requested from collaborators. One or more of the users or teams you specified is not a collaborator of the " +
        `${repository.owner.login}/${repository.name} repository.`,
    );
  if (people.some((person) => person.id === issue.author.id))
    throw invalid("Review cannot be requested from pull request author.");
  for (const person of people) {
    if (issue.pull.requestedReviewers.includes(person)) continue;
    issue.pull.requestedReviewers.push(person);
    const requested_reviewer = accountShape(by.world, person);
    const detail = { review_requester: accountShape(by.world, by.actor), requested_reviewer };
    remember(by, issue, { event: "review_requested", detail });
    await announceIssue(by, { issue, action: "review_requested" }, { requested_reviewer });
  }
  for (const team of teams.filter((one) => !issue.pull.requestedTeams.includes(one))) {
    issue.pull.requestedTeams.push(team);
    const requested_team = teamHookShape(by.world, team);
    const detail = { review_requester: accountShape(by.world, by.actor), requested_team };
    remember(by, issue, { event: "review_requested", detail });
    await announceIssue(by, { issue, action: "review_requested" }, { requested_team });
  }
}

/** Merges with a merge commit, and closes the issues that the body names with a closing word. */
export async function mergePull(by: By, issue: PullRequest): Promise<void> {
  const { world, repository, actor } = by;
  const { pull } = issue;
  const head = await readRef(repository.directory, headRefOf(pull));
  const base = await readRef(repository.directory, `refs/heads/${pull.base}`);
  const tree = head && base && (await mergedTree(repository.directory, base, head));
  if (!head || !base || !tree || issue.state === "closed" || pull.draft)
    throw new Refusal(405, "Pull Request is not mergeable");
  const author = { name: actor.login, email: noreplyAddress(actor), date: now(world) };
  const title = `Merge pull request #${issue.number} from ${(pull.fork ?? repository.owner).login}/${pull.head}`;
  const message = `${title}\n\n${issue.title}`;
  const merge = await writeCommit(repository.directory, {
    tree,
    parents: [base, head],
    message,
    author,
    committer: author,
  });
  Object.assign(pull, {
    headSha: head,
    baseSha: base,
    mergeCommit: merge,
    mergedAt: now(world),
    mergedBy: actor,
  });
  remember(by, issue, { event: "merged" });
  await closeIssue(by, issue);
  await moveRef(by, { ref: `refs/heads/${pull.base}`, to: merge });
  for (const number of closedBy(repository, issue)) {
    const closed = repository.issues[number - 1];
    if (closed && !closed.pull) await closeIssue(by, closed);
  }
}
