import { doAgree, testReadings } from "../../../domain/evidence/describe-tests.ts";
import type { CheckRow, Measurement } from "../../../domain/evidence/evidence.ts";
import { describeFlaky, describeRun, describeUnmeasured } from "../../explain/describe-run.ts";
import { type Outcome, outcomeOf, type Series } from "../../run/outcome-of.ts";

/** The check `validation`: the brief's command on a clean checkout of the published tree. */
export function checkValidation(validation: Series, baseline: Series): CheckRow<"validation"> {
  const name = "validation";
  const [first] = validation.runs;
  const outcome = outcomeOf(validation);
  if (!first || !outcome) {
    const line = first ? describeUnmeasured(first) : validation.why;
    return { name, status: "not measured", line, findings: [] };
  }
  return { name, ...judgeValidation(outcome, { first, validation, baseline }), findings: [] };
}

function judgeValidation(
  outcome: NonNullable<Outcome>,
  { first, validation, baseline }: { first: Measurement; validation: Series; baseline: Series },
): Pick<CheckRow<"validation">, "status" | "line"> {
  if (outcome === "flaky") return { status: "attention", line: describeFlaky(validation.runs) };
  const line = describeRun(first);
  if (outcome === "red") return { status: "fail", line };
  const doubt = doubtOf(first, baseline);
  if (doubt !== undefined) return { status: "attention", line: `${line}: ${doubt}` };
  const isUsual = doAgree(first) === false && baseline.runs.slice(0, 1).some((run) => doAgree(run) === false);
  return { status: "pass", line: isUsual ? `${line}; they differ on the base too` : line };
}

/** Why a command that ended well is not believed at its word: what speaks of its tests speaks against it. */
function doubtOf(run: Measurement, baseline: Series): string | undefined {
  const readings = testReadings(run);
  // Evidence of versions that named no source was not judged by its failures, and must still hold.
  if (readings.some(({ failed, source }) => source && failed > 0))
    return "the command ended well although tests failed";
  if (readings.length > 0 && readings.every(({ passed, failed }) => passed + failed === 0))
    return "not one test ran";
  // Many runners count in their reports otherwise than in their logs, and then do so on every tree.
  const [before] = baseline.runs;
  if (doAgree(run) === false && before && doAgree(before))
    return "log and reports differ, which they did not on the base";
  return undefined;
}
