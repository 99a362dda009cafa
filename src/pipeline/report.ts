import type { PublishedCommit, Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { reportCheck } from "../publish/report-check.ts";
import { requestReview } from "./request-review.ts";
import { signOff } from "./sign-off.ts";

/** Asks for the review, and puts the check runs on a published commit: what was measured, and what its sign-off waits for. */
export async function report(task: Task, commit: PublishedCommit, ports: Ports): Promise<string> {
  const { repository, pullRequest } = task;
  if (pullRequest) await requestReview(task, pullRequest, ports);
  const at = await reportCheck(task, commit, ports);
  if (pullRequest) await signOff({ repository, number: pullRequest }, ports);
  return at;
}
