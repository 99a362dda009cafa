import type { Check, Measurement } from "../domain/evidence.ts";
import { isGreen } from "./check-validation.ts";

/** The check `baseline`: the same command on the base, so that a red result can be told from an old one. */
export function checkBaseline(validation: Measurement | null, baseline: Measurement | null): Check {
  const now = isGreen(validation);
  const before = isGreen(baseline);
  const name = "baseline";
  if (now === undefined || before === undefined)
    return { name, status: "not measured", line: "There is nothing to compare with.", findings: [] };
  const { status, line } = comparison(before, now);
  return { name, status, line, findings: [] };
}

function comparison(before: boolean, now: boolean): Pick<Check, "status" | "line"> {
  if (!before && now) return { status: "pass", line: "fixed: red on the base, green on the change" };
  if (before && now) return { status: "pass", line: "still green: green on the base and on the change" };
  if (before && !now) return { status: "fail", line: "regressed: green on the base, red on the change" };
  return { status: "attention", line: "still red: red on the base and on the change" };
}
