import type { ReviewCondition, UncountedReview } from "../../domain/review/approval.ts";
import type { PullReview } from "../../domain/review/pull-review.ts";
import type { ApprovalFacts } from "./approval-facts.ts";
import { type SignerFacts, whyNotSigner } from "./may-sign-off.ts";

/** Met if somebody who may sign off approves the very head, and has said nothing else since. */
export function judgeReview({
  head,
  reviews,
  ...facts
}: SignerFacts & Pick<ApprovalFacts, "head" | "reviews">): ReviewCondition {
  const approving = standing(reviews).filter(({ verdict }) => verdict === "approved");
  const judged = approving.map(({ by, commit }) => ({
    by,
    reason: whyNotSigner(by, facts) ?? (commit === head ? undefined : ("older commit" as const)),
  }));
  const by = judged.filter(({ reason }) => reason === undefined).map((one) => one.by);
  const uncounted = judged.filter((one): one is UncountedReview => one.reason !== undefined);
  return { met: by.length > 0, by, uncounted };
}

/** What each person's word is now: the newest that approves, asks for changes or was dismissed. A comment changes none. */
export function standing(reviews: PullReview[]): PullReview[] {
  const latest = new Map<string, PullReview>();
  for (const review of reviews)
    if (review.verdict !== "commented") latest.set(review.by.toLowerCase(), review);
  return [...latest.values()];
}
