import { moved } from "../domain/task/lease.ts";
import type { Attempt, Feedback, Task } from "../domain/task/task.ts";

/** The task with its correction added: attempt 2, in place of one that a passing trouble ended. */
export function withCorrection(
  task: Task,
  asked: { by: string; byId: number; delivery: string; feedback: Feedback },
): Task {
  const attempt: Attempt = {
    number: 2,
    askedBy: asked.by,
    askedById: asked.byId,
    askedIn: asked.delivery,
    feedback: asked.feedback,
    starts: 0,
  };
  const before = task.attempts.filter(({ number }) => number === 1);
  const cleared = { failure: undefined, notice: undefined, crashes: undefined };
  return { ...moved(task, "retried"), attempts: [...before, attempt], ...cleared };
}
