import { isFirstStart, type PublishedCommit, type Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { reportCheck } from "../publish/report-check.ts";
import { requestReview } from "./request-review.ts";
import { noteHead } from "./sign-off.ts";

/** Asks for the review, and puts what was measured on a published commit. Its sign-off is judged at the attempt's end. */
export async function report(task: Task, { commit }: PublishedCommit, ports: Ports): Promise<string> {
  if (task.pullRequest) await requestReview(task, task.pullRequest, ports);
  const at = await reportCheck(task, { commit, isNew: isFirstStart(task) }, ports);
  if (task.pullRequest) await noteHead(task, { head: commit }, ports);
  return at;
}
