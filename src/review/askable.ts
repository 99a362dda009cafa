import type { CommentAsk } from "../domain/task/comment-ask.ts";
import type { Task } from "../domain/task/task.ts";
import { whyNotCancelled } from "./judge-cancel.ts";
import { judgeRetry } from "./judge-retry.ts";

/** What a comment could ask of a task as it stands, by the very judgement of comments: no button is there for the rest. */
export function askable(task: Task): CommentAsk[] {
  const mayRetry = task.pullRequest !== undefined && ["correct", "wait"].includes(judgeRetry(task, "").kind);
  const mayCancel = !task.cancel && whyNotCancelled(task) === undefined;
  return [...(mayRetry ? ["retry" as const] : []), ...(mayCancel ? ["cancel" as const] : [])];
}
