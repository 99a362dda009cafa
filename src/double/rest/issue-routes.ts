import { z } from "zod";
import {
  addAssignees,
  addLabels,
  closeIssue,
  editIssue,
  openIssue,
  removeLabel,
  reopenIssue,
} from "../acts/issue-acts.ts";
import { createLabel, findLabel } from "../acts/label-acts.ts";
import { type Answer, created, ok } from "../http/answer.ts";
import { pageOf } from "../http/paginate.ts";
import type { Issue } from "../model.ts";
import { notFound, Refusal } from "../refusal.ts";
import { eventShape, fullIssueShape, issueShape, labelShape } from "../shapes/issue-shape.ts";
import { findAccount } from "../world.ts";
import { bodyOf, issueAt, type RepositoryCall, repositoryRoute } from "./calls.ts";

const read = ["issues:read", "pull_requests:read"];
const write = ["issues:write", "pull_requests:write"];

const IssueChanges = z.object({
  title: z.string().optional(),
  body: z.string().nullish(),
  state: z.enum(["open", "closed"]).optional(),
  state_reason: z.enum(["completed", "not_planned", "reopened"]).nullish(),
});
const NewIssue = z.object({
  title: z.string().min(1),
  body: z.string().nullish(),
  labels: z.array(z.string()).optional(),
});
const NewLabel = z.object({
  name: z.string().min(1),
  color: z
    .string()
    .regex(/^[0-9a-fA-F]{6}$/)
    .optional(),
  description: z.string().max(100).nullish(),
});
const Names = z.object({ labels: z.array(z.string()) });
const Assignees = z.object({ assignees: z.array(z.string()).optional() });

/** Issues, their labels, assignees and history. */
export const issueRoutes = [
  repositoryRoute("GET /issues", read, listIssues),
  repositoryRoute("POST /issues", ["issues:write"], async (call) => {
    const { title, body = null, labels = [] } = bodyOf(NewIssue, call);
    const issue = await openIssue(call.by, { title, body, labels });
    const effect = { kind: "issue.created", subject: issue.number };
    return created(fullIssueShape(call.world, call.repository, issue), effect);
  }),
  repositoryRoute("GET /issues/:number", read, (call) =>
    ok(fullIssueShape(call.world, call.repository, issueAt(call, call.params.number))),
  ),
  repositoryRoute("PATCH /issues/:number", write, changeIssue),
  repositoryRoute("GET /issues/:number/events", read, (call) =>
    pageOf(issueAt(call, call.params.number).events, call.url, (event) =>
      eventShape(call.world, call.repository, event),
    ),
  ),
  repositoryRoute("GET /issues/:number/labels", read, (call) =>
    pageOf(issueAt(call, call.params.number).labels, call.url, (label) =>
      labelShape(call.world, call.repository, label),
    ),
  ),
  repositoryRoute("POST /issues/:number/labels", write, async (call) => {
    const issue = issueAt(call, call.params.number);
    await addLabels(call.by, issue, bodyOf(Names, call).labels);
    return labelsOf(call, issue, "issue.labeled");
  }),
  repositoryRoute("DELETE /issues/:number/labels/:name", write, async (call) => {
    const issue = issueAt(call, call.params.number);
    const label = findLabel(call.by, call.params.name);
    if (!label || !issue.labels.includes(label)) throw new Refusal(404, "Label does not exist");
    await removeLabel(call.by, issue, label);
    return labelsOf(call, issue, "issue.unlabeled");
  }),
  repositoryRoute("POST /issues/:number/assignees", write, assign),
  repositoryRoute("GET /labels", read, (call) =>
    pageOf(call.repository.labels, call.url, (label) => labelShape(call.world, call.repository, label)),
  ),
  repositoryRoute("POST /labels", write, (call) => {
    const label = createLabel(call.by, bodyOf(NewLabel, call));
    const effect = { kind: "label.created", subject: label.name };
    return created(labelShape(call.world, call.repository, label), effect);
  }),
  repositoryRoute("GET /labels/:name", read, (call) => {
    const label = findLabel(call.by, call.params.name);
    if (!label) throw notFound();
    return ok(labelShape(call.world, call.repository, label));
  }),
];

function listIssues({ world, repository, url }: RepositoryCall): Promise<Answer> {
  const query = url.searchParams;
  const state = query.get("state") ?? "open";
  const labels = (query.get("labels") ?? "").split(",").filter(Boolean);
  const since = query.get("since") ?? "";
  const found = repository.issues
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => labels.every((name) => issue.labels.some((label) => label.name === name)))
    .filter((issue) => issue.updatedAt >= since)
    .reverse();
  if (query.get("direction") === "asc") found.reverse();
  return pageOf(found, url, (issue) => issueShape(world, repository, issue));
}

async function changeIssue(call: RepositoryCall & { params: { number: string } }): Promise<Answer> {
  const issue = issueAt(call, call.params.number);
  const { state, state_reason, ...texts } = bodyOf(IssueChanges, call);
  await editIssue(call.by, issue, texts);
  if (state === "closed")
    await closeIssue(call.by, issue, state_reason === "not_planned" ? "not_planned" : "completed");
  if (state === "open") await reopenIssue(call.by, issue);
  const effect = { kind: "issue.updated", subject: issue.number };
  return ok(fullIssueShape(call.world, call.repository, issue), effect);
}

function labelsOf({ world, repository }: RepositoryCall, issue: Issue, kind: string): Answer {
  const labels = issue.labels.map((label) => labelShape(world, repository, label));
  return ok(labels, { kind, subject: issue.number });
}

/** As on GitHub, whoever may not be assigned is left out without a word. */
async function assign(call: RepositoryCall & { params: { number: string } }): Promise<Answer> {
  const { world, repository } = call;
  const issue = issueAt(call, call.params.number);
  const people = (bodyOf(Assignees, call).assignees ?? [])
    .map((login) => findAccount(world, login))
    .filter((one) => one !== undefined)
    .filter((one) => one.id === repository.owner.id || repository.collaborators.has(one.login.toLowerCase()));
  await addAssignees(call.by, issue, people);
  const effect = { kind: "issue.assigned", subject: issue.number };
  return created(fullIssueShape(world, repository, issue), effect);
}
