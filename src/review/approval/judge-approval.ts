import type { Approval } from "../../domain/review/approval.ts";
import type { ReviewEvent } from "../../domain/review/review-event.ts";
import { type ApprovalFacts, changedBy, type FactName } from "./approval-facts.ts";
import { judgeAsks } from "./judge-asks.ts";
import { judgeObjections } from "./judge-objections.ts";
import { judgeReview } from "./judge-review.ts";
import { unreadTeams } from "./may-sign-off.ts";

const signers = ["signOff", "owners", "teams", "actor", "permissions"] as const;

/** A rule of the sign-off with the facts that it is shown: what it does not declare it cannot read. */
export type ApprovalRule<Read extends FactName, Condition extends { met: boolean }> = {
  reads: readonly Read[];
  judge(facts: Pick<ApprovalFacts, Read>): Condition;
};

function approvalRule<Read extends FactName, Condition extends { met: boolean }>(
  reads: readonly Read[],
  judge: (facts: Pick<ApprovalFacts, Read>) => Condition,
): ApprovalRule<Read, Condition> {
  return { reads, judge };
}

/** The rules, all of which must be met. Which events judge them again follows from what they read. */
export const approvalRules = {
  review: approvalRule([...signers, "head", "reviews"], judgeReview),
  objections: approvalRule([...signers, "reviews"], judgeObjections),
  asks: approvalRule([...signers, "head", "asks", "approvals"], judgeAsks),
};

/** Judges the sign-off of an agent's pull request. */
export function judgeApproval(facts: ApprovalFacts): Approval {
  const review = approvalRules.review.judge(facts);
  const objections = approvalRules.objections.judge(facts);
  const asks = approvalRules.asks.judge(facts);
  const { head, signOff, owners, actor } = facts;
  const who = { signOff, owners, actor, unread: signOff === "writer" ? [] : unreadTeams(facts) };
  return {
    head,
    met: [review, objections, asks].every(({ met }) => met),
    signers: who,
    review,
    objections,
    asks,
  };
}

/** Whether an event changes anything that a rule reads. */
export function isJudgedAgainBy(event: ReviewEvent): boolean {
  const read = new Set<FactName>(Object.values(approvalRules).flatMap(({ reads }) => [...reads]));
  return [...read].some((fact) => changedBy[fact].includes(event));
}
