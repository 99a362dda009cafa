import type { Check, Measurement } from "../domain/evidence.ts";

/** Whether a run of the validation command was green; undefined if it was never really measured. */
export function isGreen(measurement: Measurement | null): boolean | undefined {
  if (!measurement || measurement.exit.endedBy === "spawn" || measurement.exit.endedBy === "cancel")
    return undefined;
  return measurement.exit.endedBy === "itself" && measurement.exit.exitCode === 0;
}

/** The check `validation`: the brief's command on a clean checkout of the published tree. */
export function checkValidation(measurement: Measurement | null): Check {
  const green = isGreen(measurement);
  const name = "validation";
  if (!measurement || green === undefined)
    return { name, status: "not measured", line: "The validation command was not run.", findings: [] };
  return { name, status: green ? "pass" : "fail", line: describeExit(measurement), findings: [] };
}

/** How the command ended, in a few words. */
export function describeExit({ exit }: Measurement): string {
  if (exit.endedBy === "time" || exit.endedBy === "silence")
    return `stopped after ${Math.round(exit.durationMs / 1000)} s without an end`;
  if (exit.endedBy === "memory" || exit.endedBy === "processes" || exit.endedBy === "disk")
    return `stopped at the bound of ${exit.endedBy} after ${Math.round(exit.durationMs / 1000)} s`;
  return exit.exitCode === null ? `killed by ${exit.signal ?? "a signal"}` : `exit code ${exit.exitCode}`;
}
