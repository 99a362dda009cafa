import { type Account, type Issue, isPullRequest, type Label } from "../model.ts";
import { refuseLongBody } from "../refusal.ts";
import { accountShape } from "../shapes/account-shape.ts";
import { issueShape, labelShape } from "../shapes/issue-shape.ts";
import { inWebhook, pullShape } from "../shapes/pull-shape.ts";
import { now } from "../world.ts";
import { announce, type By } from "./announce.ts";
import { ensureLabel } from "./label-acts.ts";

/** What a new issue says. */
export type NewIssue = { title: string; body?: string | null; labels?: string[]; assignees?: Account[] };

/** Makes an issue without telling anybody; pull requests begin so too. */
export function makeIssue({ world, repository, actor }: By, issue: NewIssue): Issue {
  refuseLongBody(issue.body, "Issue");
  const made: Issue = {
    id: world.newId(),
    number: repository.issues.length + 1,
    title: issue.title,
    body: issue.body ?? null,
    author: actor,
    state: "open",
    stateReason: null,
    labels: [],
    assignees: [],
    comments: [],
    reactions: [],
    events: [],
    createdAt: now(world),
    updatedAt: now(world),
    closedAt: null,
    closedBy: null,
    lastEdit: null,
    pull: undefined,
  };
  repository.issues.push(made);
  return made;
}

/** Opens an issue; labels given at once are announced after it, each by itself. */
export async function openIssue(by: By, fields: NewIssue): Promise<Issue> {
  const issue = makeIssue(by, fields);
  announce(by, "issues.opened", { issue: issueShape(by.world, by.repository, issue) });
  await addLabels(by, issue, fields.labels ?? []);
  await addAssignees(by, issue, fields.assignees ?? []);
  return issue;
}

/** Announces an event of an issue, or the like-named one of a pull request. */
export async function announceIssue(
  by: By,
  at: { issue: Issue; action: string },
  more: Record<string, unknown> = {},
): Promise<void> {
  const { world, repository } = by;
  const { issue, action } = at;
  if (isPullRequest(issue)) {
    const pull_request = inWebhook(world, issue, await pullShape(world, repository, issue));
    announce(by, `pull_request.${action}`, { number: issue.number, ...more, pull_request });
  } else {
    announce(by, `issues.${action}`, { ...more, issue: issueShape(world, repository, issue) });
  }
}

/** Adds an entry to an issue's history. */
export function remember(
  { world, actor }: By,
  issue: Issue,
  entry: { event: string; detail?: Record<string, unknown> },
): void {
  issue.updatedAt = now(world);
  issue.events.push({
    id: world.newId(),
    event: entry.event,
    actor,
    createdAt: now(world),
    detail: entry.detail ?? {},
  });
}

/** Changes title or body. */
export async function editIssue(
  by: By,
  issue: Issue,
  changes: { title?: string | undefined; body?: string | null | undefined },
): Promise<void> {
  refuseLongBody(changes.body, isPullRequest(issue) ? "PullRequest" : "Issue");
  const old = { title: issue.title, body: issue.body };
  const title = changes.title ?? old.title;
  const body = changes.body === undefined ? old.body : changes.body;
  if (title === old.title && body === old.body) return;
  issue.title = title;
  issue.body = body;
  issue.updatedAt = now(by.world);
  if (body !== old.body) issue.lastEdit = { by: by.actor, at: now(by.world) };
  if (title !== old.title)
    remember(by, issue, { event: "renamed", detail: { rename: { from: old.title, to: title } } });
  await announceIssue(
    by,
    { issue, action: "edited" },
    {
      changes: {
        ...(title !== old.title && { title: { from: old.title } }),
        ...(body !== old.body && { body: { from: old.body ?? "" } }),
      },
    },
  );
}

/** Closes an issue or a pull request. */
export async function closeIssue(
  by: By,
  issue: Issue,
  reason: "completed" | "not_planned" = "completed",
): Promise<void> {
  if (issue.state === "closed") return;
  issue.state = "closed";
  issue.stateReason = issue.pull ? null : reason;
  issue.closedAt = now(by.world);
  issue.closedBy = by.actor;
  remember(by, issue, { event: "closed", detail: { state_reason: issue.stateReason } });
  await announceIssue(by, { issue, action: "closed" });
}

/** Opens a closed issue or pull request again. */
export async function reopenIssue(by: By, issue: Issue): Promise<void> {
  if (issue.state === "open") return;
  issue.state = "open";
  issue.stateReason = issue.pull ? null : "reopened";
  issue.closedAt = null;
  issue.closedBy = null;
  remember(by, issue, { event: "reopened", detail: { state_reason: null } });
  await announceIssue(by, { issue, action: "reopened" });
}

/** Adds labels that the issue does not have; unknown ones are made, as GitHub does. */
export async function addLabels(by: By, issue: Issue, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const label = ensureLabel(by, { name });
    if (issue.labels.includes(label)) continue;
    issue.labels.push(label);
    await labelChanged(by, { issue, action: "labeled" }, label);
  }
}

/** Takes a label off. */
export async function removeLabel(by: By, issue: Issue, label: Label): Promise<void> {
  issue.labels = issue.labels.filter((one) => one !== label);
  await labelChanged(by, { issue, action: "unlabeled" }, label);
}

async function labelChanged(by: By, at: { issue: Issue; action: string }, label: Label): Promise<void> {
  const { name, color } = label;
  remember(by, at.issue, { event: at.action, detail: { label: { name, color } } });
  await announceIssue(by, at, { label: labelShape(by.world, by.repository, label) });
}

/** Assigns people who are not assigned yet. */
export async function addAssignees(by: By, issue: Issue, people: readonly Account[]): Promise<void> {
  for (const assignee of people) {
    if (issue.assignees.includes(assignee)) continue;
    issue.assignees.push(assignee);
    const shape = accountShape(by.world, assignee);
    const detail = { assignee: shape, assigner: accountShape(by.world, by.actor) };
    remember(by, issue, { event: "assigned", detail });
    await announceIssue(by, { issue, action: "assigned" }, { assignee: shape });
  }
}
