import type { Evidence } from "../../domain/evidence/evidence.ts";
import { isGreen } from "../run/outcome-of.ts";

/**
 * Whether the row `covered` says no more than its run can: which lines ran is in no run's words, but a run that was red or
 * cut short tells nothing of them, and without a run no line was missed. Evidence of earlier versions has no such row.
 */
export function agreeCovered({ covered, checks }: Pick<Evidence, "covered" | "checks">): {
  holds: boolean;
  line: string;
} {
  const status = checks.find(({ name }) => name === "covered")?.status;
  const isUntold = status === undefined || status === "not measured";
  const holds = covered ? isUntold || isGreen(covered) === true : isUntold || status === "pass";
  return { holds, line: holds ? "the row says no more than its run can" : "its run tells nothing of lines" };
}
