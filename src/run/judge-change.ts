import type { Change } from "../domain/evidence/change.ts";
import type { TaskEvent } from "../domain/task/state.ts";
import { attemptNumber, currentAttempt, type Task } from "../domain/task/task.ts";

/** How an attempt ends before anything is published; undefined if its change goes on to the proof. */
export function judgeChange(task: Task, change: Change): TaskEvent | undefined {
  const unchanged = change.tree === change.base.tree;
  if (unchanged) return task.cancel ? "cancelled" : "unchanged";
  if (change.unpublishable.length > 0 || currentAttempt(task)?.evidence?.withheld) return "withheld";
  // A cancelled correction would put unproved work on an open pull request; its pack is kept instead.
  if (task.cancel && attemptNumber(task) > 1) return "cancelled";
  return undefined;
}
