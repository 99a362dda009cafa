import type { Check, CheckRow } from "../../../domain/evidence/evidence.ts";
import { describeFlaky, describeUnmeasured } from "../../explain/describe-run.ts";
import { isGreen, outcomeOf, type Series } from "../../run/outcome-of.ts";

/** The check `flaky`: a red result, of the change or of its base, is run once more and must be the same. */
export function checkFlaky(validation: Series, baseline: Series): CheckRow<"flaky"> {
  const sides = [
    { where: "on the change", ...validation },
    { where: "on the base", ...baseline },
  ];
  const red = sides.filter(({ runs }) => runs[0] && isGreen(runs[0]) === false);
  const flaky = red.filter((side) => outcomeOf(side) === "flaky");
  const twice = red.filter(({ runs }) => runs[1] && isGreen(runs[1]) !== undefined);
  const findings: Check["findings"] = [];
  const name = "flaky";
  if (flaky.length > 0)
    return { name, status: "attention", line: flaky.map(inPlace(describeFlaky)).join("; "), findings };
  if (red.length === 0)
    return { name, status: "not measured", line: "Only a red result is run once more.", findings };
  if (twice.length < red.length)
    return { name, status: "not measured", line: red.map(inPlace(whyOnce)).join("; "), findings };
  return {
    name,
    status: "pass",
    line: `red twice ${twice.map(({ where }) => where).join(" and ")}`,
    findings,
  };
}

type SeriesRuns = Series["runs"];

function inPlace(describe: (runs: SeriesRuns) => string) {
  return ({ where, runs }: { where: string; runs: SeriesRuns }) => `${describe(runs)} (${where})`;
}

function whyOnce([, second]: SeriesRuns): string {
  return second ? describeUnmeasured(second) : "the proof had no time for a second run";
}
