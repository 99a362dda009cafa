import type { Brief, Problem } from "../domain/task/brief.ts";
import { isTurnHold } from "../domain/task/hold.ts";
import { noting } from "../domain/task/lease.ts";
import { next, type TaskState } from "../domain/task/state.ts";
import type { Attempt, Task } from "../domain/task/task.ts";
import { branchOf } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import type { Delegation } from "./admit.ts";
import type { Admission } from "./judge-admission.ts";

/** What the issue's text was judged to be, and what keeps its task waiting although it may be complete. */
export type JudgedText = {
  judgement: { brief: Brief; sha256: string } | { problems: Problem[] };
  hold: Task["hold"];
  reviewers: string[];
  guessed: Task["guessed"];
  skippedSteps?: Task["skippedSteps"];
  wantedTools?: Task["wantedTools"];
  wantedNode?: Task["wantedNode"];
  protection?: Task["protection"];
  duplicates?: Task["duplicates"];
  draftsRefused?: Task["draftsRefused"];
};

/** An admission that leads to a task. */
export type Entrance = Extract<Admission, { kind: "enter" | "again" }>;

/** Writes the task as it now stands into the ledger: a new round, or the same one read again. */
export async function enterTask(
  order: Delegation,
  { entrance, judged }: { entrance: Entrance; judged: JudgedText },
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<Task> {
  const at = ports.clock.now().toISOString();
  if (entrance.kind === "again")
    return ports.tasks.change(entrance.task.id, (task) =>
      task.state === "incomplete" || (task.state === "held" && !isTurnHold(task.hold))
        ? noting(task, askedAs(task, order, judged), {
            ...{ at, what: "brief read again", by: order.by },
            details: briefFacts(judged),
          })
        : undefined,
    );
  const blank = newTask(order, entrance.round, at);
  const entry = {
    at,
    what: "asked for",
    by: order.by,
    details: { delivery: order.delivery, ...briefFacts(judged) },
  };
  await ports.tasks.create(noting(blank, askedAs(blank, order, judged), entry));
  return ports.tasks.change(blank.id, () => undefined);
}

/** Writes down what the text of a waiting task is judged to be now that its repository has changed. */
export async function readAgain(
  { id }: Task,
  judged: JudgedText,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<Task> {
  const at = ports.clock.now().toISOString();
  return ports.tasks.change(id, (task) =>
    task.hold && task.hold.kind !== "recent-edit" && !isTurnHold(task.hold)
      ? noting(task, releasedAs(task, judged), {
          at,
          what: "repository read again",
          details: briefFacts(judged),
        })
      : undefined,
  );
}

/** What the history says of a brief: the hash that freezes it, and the command that will prove the work. */
function briefFacts({
  judgement,
  guessed,
  protection,
  duplicates = [],
}: JudgedText): Record<string, unknown> {
  if (!("brief" in judgement)) return { problems: judgement.problems.length };
  const { sha256, brief } = judgement;
  return {
    briefSha256: sha256,
    validation: brief.validation,
    ...(guessed && { guessedSetup: guessed }),
    ...(protection && { protection }),
    ...(duplicates.length > 0 && { duplicates }),
  };
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

function askedAs(task: Task, order: Delegation, judged: JudgedText): Partial<Task> {
  const asked = {
    askedBy: order.by,
    askedIn: order.delivery,
    askedAt: order.issue.at,
    notice: undefined,
    strangers: undefined,
    edited: undefined,
    issue: issueOf(order),
  };
  const read = readAs(task, judged);
  if (!read.brief) return { ...asked, ...read };
  return { ...asked, ...read, branch: branchOf(task.id, order.issue.title), attempts: [firstAttempt(order)] };
}

/** An incomplete brief stays so until a person edits it or asks again, whatever the configuration says by now. */
function releasedAs(task: Task, judged: JudgedText): Partial<Task> {
  return task.state === "held" ? readAs(task, judged) : { hold: judged.hold };
}

function readAs(task: Task, judged: JudgedText): Partial<Task> {
  const { judgement, hold, reviewers, guessed, skippedSteps, wantedTools, wantedNode, protection } = judged;
  const { duplicates, draftsRefused } = judged;
  if ("problems" in judgement) {
    const state = next(task.state, "refused") ?? task.state;
    return { state, hold, brief: undefined, problems: judgement.problems, attempts: [] };
  }
  const facts = {
    reviewers,
    guessed,
    skippedSteps,
    wantedTools,
    wantedNode,
    protection,
    duplicates,
    draftsRefused,
  };
  return { state: entryState(task.state, hold), hold, brief: judgement, ...facts, problems: [] };
}

/** A complete brief is queued, and held at once if something keeps it waiting. */
function entryState(state: TaskState, hold: Task["hold"]): TaskState {
  if (state === "held") return hold ? state : (next(state, "released") ?? state);
  const queued = next(state, "completed") ?? state;
  return hold ? (next(queued, "held") ?? queued) : queued;
}

function firstAttempt(order: Delegation): Attempt {
  return { number: 1, askedBy: order.by, askedById: order.byId, askedIn: order.delivery, starts: 0 };
}

function issueOf({ issue }: Delegation): Task["issue"] {
  return { title: issue.title, author: issue.author, body: issue.body };
}
