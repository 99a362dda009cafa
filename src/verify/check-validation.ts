import type { Check, Measurement } from "../domain/evidence.ts";
import { describeFlaky, describeRun, describeUnmeasured } from "./describe-run.ts";
import { type Outcome, outcomeOf, type Series } from "./outcome-of.ts";

/** The check `validation`: the brief's command on a clean checkout of the published tree. */
export function checkValidation(validation: Series): Check {
  const name = "validation";
  const [first] = validation.runs;
  const outcome = outcomeOf(validation);
  if (!first || !outcome) {
    const line = first ? describeUnmeasured(first) : validation.why;
    return { name, status: "not measured", line, findings: [] };
  }
  return { name, ...judged(outcome, { first, runs: validation.runs }), findings: [] };
}

function judged(
  outcome: NonNullable<Outcome>,
  { first, runs }: { first: Measurement; runs: Measurement[] },
): Pick<Check, "status" | "line"> {
  if (outcome === "flaky") return { status: "attention", line: describeFlaky(runs) };
  if (outcome === "red") return { status: "fail", line: describeRun(first) };
  if (ranNothing(first)) return { status: "attention", line: `${describeRun(first)}: not one test ran` };
  return { status: "pass", line: describeRun(first) };
}

/** A runner that found no test proves nothing by ending well. */
function ranNothing({ counts }: Measurement): boolean {
  return counts !== undefined && counts.passed + counts.failed === 0;
}
