import { isFirstStart, type PublishedCommit, type Task } from "../domain/task/task.ts";
import type { CheckReport } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { approvalCheck, approvalId } from "../publish/report-approval.ts";
import { reportCheck } from "../publish/report-check.ts";
import { requestReview } from "./request-review.ts";
import { approvalOf, noteHead } from "./sign-off.ts";

/**
 * Asks for the review, and puts what was measured on a published commit, with the sign-off that it waits for: nobody can have
 * reviewed what is only now there. The sign-off is judged again at the attempt's end, by the pull request as it is then.
 */
export async function report(task: Task, { commit }: PublishedCommit, ports: Ports): Promise<string> {
  const asked = task.pullRequest ? await requestReview(task, task.pullRequest, ports) : task;
  const isNew = isFirstStart(task);
  const beside = await signOffAt(asked, { head: commit, isNew }, ports);
  const at = await reportCheck(asked, { commit, isNew, beside }, ports);
  if (task.pullRequest) await noteHead(task, { head: commit }, ports);
  return at;
}

async function signOffAt(
  task: Task,
  { head, isNew }: { head: string; isNew: boolean },
  ports: Pick<Ports, "policies" | "artefacts" | "people">,
): Promise<CheckReport[]> {
  if (!task.pullRequest) return [];
  const approval = await approvalOf(task, { head, reviews: [] }, ports);
  const answer = { kind: "agent" as const, approval };
  return [approvalCheck({ head, of: approvalId(task.pullRequest), answer, ...(isNew && { among: [] }) })];
}
