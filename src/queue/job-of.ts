import type { Job } from "../domain/task/job.ts";
import { attemptNumber, type Task } from "../domain/task/task.ts";

/** The job of the attempt that a task waits for or is at. */
export function jobOf(task: Task): Job {
  return { kind: "attempt", task: task.id, attempt: attemptNumber(task) };
}

/** Whether a task belongs in the queue: its job may be lost with the queue, the ledger's word is not. */
export function needsJob(task: Task): boolean {
  return task.state === "queued" || task.state === "running" || task.state === "correcting";
}
