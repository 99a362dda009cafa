import type { AsksCondition } from "../../domain/review/approval.ts";
import type { ApprovalFacts } from "./approval-facts.ts";
import { type SignerFacts, whyNotSigner } from "./may-sign-off.ts";

/** Met if each class or path that must be asked for has the word of somebody who may sign off, for this very head. */
export function judgeAsks({
  head,
  asks,
  approvals,
  ...facts
}: SignerFacts & Pick<ApprovalFacts, "head" | "asks" | "approvals">): AsksCondition {
  const valid = approvals.filter((one) => one.head === head && whyNotSigner(one.by, facts) === undefined);
  const judged = (asks ?? []).map((name) => ({
    name,
    by: valid.find((one) => one.name === name)?.by ?? null,
  }));
  const isMeasured = asks !== undefined;
  return { met: isMeasured && judged.every(({ by }) => by !== null), isMeasured, asks: judged };
}
