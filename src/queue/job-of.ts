import type { Job } from "../domain/task/job.ts";
import { awaitsQuestions } from "../domain/task/lease.ts";
import { pushedHead } from "../domain/task/newest-proof.ts";
import type { PushedHead } from "../domain/task/pushed-head.ts";
import { isUnderWay } from "../domain/task/state.ts";
import { attemptNumber, type Task } from "../domain/task/task.ts";

/** The job of the attempt that a task waits for or is at, or of the head that waits to be measured. */
export function jobOf(task: Task): Job {
  const pushed = waitingHead(task);
  if (pushed) {
    const { attempt, head, run } = pushed;
    return { kind: "measure", task: task.id, attempt, head, run };
  }
  return {
    kind: awaitsQuestions(task) ? "questions" : "attempt",
    task: task.id,
    attempt: attemptNumber(task),
  };
}

/** Whether a task belongs in the queue: its job may be lost with the queue, the ledger's word is not. One that waits for its turn does not. */
export function needsJob(task: Task): boolean {
  const isReady = task.state === "queued" && task.release !== undefined;
  return isReady || isUnderWay(task) || awaitsQuestions(task) || waitingHead(task) !== undefined;
}

/** A head that people pushed and nobody has measured yet. While an attempt works on the branch it is none of ours. */
function waitingHead(task: Task): PushedHead | undefined {
  const pushed = task.state === "proposed" ? pushedHead(task) : undefined;
  return pushed?.state === "waiting" ? pushed : undefined;
}
