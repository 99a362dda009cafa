import type { AgentReport, Check, Verdict } from "../domain/evidence/evidence.ts";

/** What the checks add up to (SPEC section 8); only an unmeasured validation or a cut-short attempt is incomplete. */
export function judge(checks: Check[], agent: Pick<AgentReport, "outcome">): Verdict {
  const measured = checks.some((check) => check.name === "validation" && check.status !== "not measured");
  if (agent.outcome !== "finished" || !measured) return "incomplete";
  if (checks.some((check) => check.status === "fail")) return "failed";
  return checks.some((check) => check.status === "attention") ? "needs-attention" : "passed";
}

/** How the proof of a head that people pushed is judged: no agent was asked, so none was cut short. */
export const withoutAgent: Pick<AgentReport, "outcome"> = { outcome: "finished" };
