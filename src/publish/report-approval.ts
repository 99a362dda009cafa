import type { ApprovalAnswer } from "../domain/review/approval.ts";
import type { Repository } from "../domain/task/task.ts";
import type { CheckReport, OwnCheck } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { renderApproval } from "./render-approval.ts";

type ReportedApproval = { head: string; of: string; answer: ApprovalAnswer; among?: OwnCheck[] | undefined };

/**
 * Puts the check run `drafthorse/approval` on a head. `of` is what the head belongs to: `pull-12`, or a merge group's ref; `among`
 * are the check runs of ours on the head, where they are known.
 */
export async function reportApproval(
  repository: Repository,
  approval: ReportedApproval,
  { checkRuns }: Pick<Ports, "checkRuns">,
): Promise<void> {
  await checkRuns.report(repository, [approvalCheck(approval)]);
}

/** By which the sign-off of a pull request is found again among the check runs of a commit. */
export function approvalId(pullRequest: number): string {
  return `pull-${pullRequest}`;
}

/** The same as a check run that is reported with others. */
export function approvalCheck({ head, of, answer, among }: ReportedApproval): CheckReport {
  const { met, ...words } = renderApproval(answer);
  return {
    name: "drafthorse/approval",
    head,
    externalId: of,
    among,
    // Never `neutral` or `skipped`: branch protection takes those for green.
    conclusion: met ? "success" : "action_required",
    ...words,
  };
}
