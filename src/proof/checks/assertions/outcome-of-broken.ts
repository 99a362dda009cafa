import { testReadings } from "../../../domain/evidence/describe-tests.ts";
import type { Measurement } from "../../../domain/evidence/evidence.ts";
import { unloadedIn } from "../../explain/describe-unloaded.ts";
import { failedTests } from "../../explain/failed-tests.ts";
import { isGreen } from "../../run/outcome-of.ts";
import type { BrokenRun } from "./plan-trial.ts";

/** Reads a run with broken assertions. Where the runner names or counts nothing, neither here nor before, red counts as red. */
export function outcomeOfBroken(
  run: Measurement,
  { validation, log }: { validation: Measurement; log: string },
): BrokenRun {
  const green = isGreen(run);
  if (green) return "green";
  if (green === undefined || run.setup || run.exit.endedBy !== "itself") return "nothing";
  const failed = failedTests({ exit: { ...run.exit, log: { ...run.exit.log, tail: log } } });
  const isCounted = testReadings(run).some((reading) => reading.failed > 0);
  const isUnknown = testReadings(validation).length === 0;
  return { failed, isByTests: failed.length > 0 || ((isCounted || isUnknown) && !unloadedIn(run)) };
}
