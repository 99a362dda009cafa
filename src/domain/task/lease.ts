import { afterLettingGo, inHand } from "./crashes.ts";
import { next, type TaskEvent } from "./state.ts";
import { type Attempt, currentAttempt, type HistoryEntry, type Task } from "./task.ts";
import type { TaskId } from "./task-id.ts";

/** A worker's right to act on an attempt: good only while the ledger shows the same fencing number. */
export type Lease = { id: TaskId; attempt: number; fence: number };

/** Thrown when another worker has taken the attempt over: whoever meets it stops without another effect. */
export class Fenced extends Error {
  override readonly name = "Fenced";
}

/** What is written about a task: the fields that change and the line for the history. */
export type LedgerNote = { at: string; what: string; by?: string; details?: Record<string, unknown> };

/** The task and its history after a change that needs no lease. */
export function noting(
  task: Task,
  fields: Partial<Task>,
  entry: LedgerNote,
): { task: Task; entries: HistoryEntry[] } {
  const line = { at: entry.at, what: entry.what, by: entry.by ?? null, details: entry.details ?? {} };
  return { task: { ...task, ...fields, updatedAt: entry.at }, entries: [line] };
}

/** The task with its present attempt changed. */
export function withAttempt(task: Task, fields: Partial<Attempt>): Task {
  const last = currentAttempt(task);
  return last ? { ...task, attempts: [...task.attempts.slice(0, -1), { ...last, ...fields }] } : task;
}

/** The lease of a worker that takes the attempt over now; undefined if there is nothing to do for it any more. */
export function takeOver(task: Task, attempt: number): Task | undefined {
  const state = next(task.state, "started");
  const last = currentAttempt(task);
  if (!state || !last || last.number !== attempt) return undefined;
  const taken = { ...task, ...inHand(task), state, fence: task.fence + 1 };
  return withAttempt(taken, { starts: last.starts + 1 });
}

/** Whether what a task has published is still to be asked about: nobody came between, and nobody was told yet. */
export function awaitsQuestions(task: Task): boolean {
  const { reportedAt, evidence, asking } = currentAttempt(task) ?? {};
  return task.state === "proposed" && reportedAt !== undefined && !!evidence?.mutants && !asking?.shownAt;
}

/** The lease of a worker that asks about what an attempt has published; the task stays where it is. */
export function takeUpQuestions(task: Task, attempt: number): Task | undefined {
  if (!awaitsQuestions(task) || currentAttempt(task)?.number !== attempt) return undefined;
  return { ...task, ...inHand(task), fence: task.fence + 1 };
}

/** The task once the worker that had the lease says that it lives; undefined where that is no news. */
export function letGo(task: Task, { attempt, fence }: Lease): Task | undefined {
  if (currentAttempt(task)?.number !== attempt) return undefined;
  const crashes = afterLettingGo(task.crashes, task.fence !== fence);
  return crashes && { ...task, crashes };
}

/** Throws `Fenced` unless the lease still holds. */
export function assertHeld(task: Task, lease: Lease): void {
  const held = task.fence === lease.fence && currentAttempt(task)?.number === lease.attempt;
  if (!held) throw new Fenced(`attempt ${lease.attempt} was taken over`);
}

/** The task in the state that follows an event; a step that the table does not know is a bug of ours. */
export function moved(task: Task, event: TaskEvent): Task {
  const state = next(task.state, event);
  if (!state) throw new Error(`a task cannot be "${event}" while it is "${task.state}"`);
  return { ...task, state };
}
