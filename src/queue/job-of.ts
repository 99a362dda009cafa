import type { Job } from "../domain/task/job.ts";
import { awaitsQuestions } from "../domain/task/lease.ts";
import { attemptNumber, type Task } from "../domain/task/task.ts";

/** The job that a task waits for or is at: that of its attempt, or that of the questions about it. */
export function jobOf(task: Task): Job {
  return {
    kind: awaitsQuestions(task) ? "questions" : "attempt",
    task: task.id,
    attempt: attemptNumber(task),
  };
}

/** Whether a task belongs in the queue: its job may be lost with the queue, the ledger's word is not. */
export function needsJob(task: Task): boolean {
  return ["queued", "running", "correcting"].includes(task.state) || awaitsQuestions(task);
}
