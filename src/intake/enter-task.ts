import type { Brief, Problem } from "../domain/brief.ts";
import { noting } from "../domain/lease.ts";
import { next } from "../domain/state.ts";
import type { Attempt, Task } from "../domain/task.ts";
import { branchOf } from "../domain/task-id.ts";
import type { Ports } from "../ports.ts";
import type { Delegation } from "./admit.ts";
import type { Admission } from "./judge-admission.ts";

/** What the issue's text was read as. */
export type Reading = { brief: Brief; sha256: string } | { problems: Problem[] };

/** An admission that leads to a task. */
export type Entrance = Extract<Admission, { kind: "enter" | "again" }>;

/** Writes the task as it now stands into the ledger: a new round, or the same one read again. */
export async function enterTask(
  order: Delegation,
  { entrance, reading }: { entrance: Entrance; reading: Reading },
  ports: Ports,
): Promise<Task> {
  const at = ports.clock.now().toISOString();
  if (entrance.kind === "again")
    return ports.tasks.change(entrance.task.id, (task) =>
      task.state === "incomplete"
        ? noting(task, readAs(task, order, reading), { at, what: "brief read again", by: order.by })
        : undefined,
    );
  const blank = newTask(order, entrance.round, at);
  const entry = { at, what: "asked for", by: order.by, details: { delivery: order.delivery } };
  await ports.tasks.create(noting(blank, readAs(blank, order, reading), entry));
  return ports.tasks.change(blank.id, () => undefined);
}

/** A round before its brief was read. */
export function newTask(order: Delegation, round: number, at: string): Task {
  const id = { repositoryId: order.repository.id, issueNumber: order.issue.number, round };
  return {
    id,
    repository: order.repository,
    issue: issueOf(order),
    state: "incomplete",
    askedBy: order.by,
    askedIn: order.delivery,
    problems: [],
    branch: branchOf(id, order.issue.title),
    attempts: [],
    fence: 0,
    createdAt: at,
    updatedAt: at,
  };
}

function readAs(task: Task, order: Delegation, reading: Reading): Partial<Task> {
  const asked = { askedBy: order.by, askedIn: order.delivery, notice: undefined };
  const issue = issueOf(order);
  if ("problems" in reading) return { ...asked, issue, problems: reading.problems };
  return {
    ...asked,
    issue,
    problems: [],
    brief: reading,
    branch: branchOf(task.id, order.issue.title),
    state: next(task.state, "completed") ?? task.state,
    attempts: [firstAttempt(order)],
  };
}

function firstAttempt(order: Delegation): Attempt {
  return { number: 1, askedBy: order.by, askedById: order.byId, askedIn: order.delivery, starts: 0 };
}

function issueOf({ issue }: Delegation): Task["issue"] {
  return { title: issue.title, author: issue.author, body: issue.body };
}
