import type { ObjectionCondition } from "../../domain/review/approval.ts";
import type { ApprovalFacts } from "./approval-facts.ts";
import { standing } from "./judge-review.ts";
import { type SignerFacts, whyNotSigner } from "./may-sign-off.ts";

/** Met if nobody who may sign off asks for changes: that stands, whatever is pushed, until they say otherwise. */
export function judgeObjections({
  reviews,
  ...facts
}: SignerFacts & Pick<ApprovalFacts, "reviews">): ObjectionCondition {
  const by = standing(reviews)
    .filter(
      (review) => review.verdict === "changes-requested" && whyNotSigner(review.by, facts) === undefined,
    )
    .map((review) => review.by);
  return { met: by.length === 0, by };
}
