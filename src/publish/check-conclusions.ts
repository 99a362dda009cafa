import type { Check } from "../domain/evidence/evidence.ts";
import type { CheckReport } from "../ports/github.ts";

/**
 * What a check of ours says to GitHub. Attention is for a person to judge and holds up nothing by itself; what nobody
 * measured is never green and never red: somebody has to look.
 */
export const checkConclusions: Record<Check["status"], CheckReport["conclusion"]> = {
  pass: "success",
  attention: "neutral",
  fail: "failure",
  "not measured": "action_required",
};
