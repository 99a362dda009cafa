import { failedCommand } from "../../domain/evidence/describe-commands.ts";
import { describeTests, testReadings } from "../../domain/evidence/describe-tests.ts";
import type { Measurement } from "../../domain/evidence/evidence.ts";
import { inlineCode } from "../../domain/text/escape-markdown.ts";
import { describeMissing, describeUnloaded, unloadedIn } from "./describe-unloaded.ts";
import { wantedNetwork } from "./wanted-network.ts";

/** How the command ended, in a few words; of several the one that failed is named. */
export function describeExit(run: Measurement): string {
  const failed = failedCommand(run);
  if (failed !== undefined) return `${inlineCode(failed)}: ${describeEnd(run)}`;
  return run.commands ? `${describeEnd(run)} of each of ${run.commands.length} commands` : describeEnd(run);
}

function describeEnd({ exit }: Measurement): string {
  if (exit.endedBy === "time" || exit.endedBy === "silence")
    return `stopped after ${Math.round(exit.durationMs / 1000)} s without an end`;
  if (exit.endedBy === "memory" || exit.endedBy === "processes" || exit.endedBy === "disk")
    return `stopped at the bound of ${exit.endedBy} after ${Math.round(exit.durationMs / 1000)} s`;
  return exit.exitCode === null ? `killed by ${exit.signal ?? "a signal"}` : `exit code ${exit.exitCode}`;
}

/** How the command ended, and what its log and its reports say of the tests. */
export function describeRun(run: Measurement): string {
  if (run.setup) return `the set-up failed (${describeExit(run)}), so the command was not run`;
  const network = wantedNetwork(run.exit)
    ? "it wanted a network that it did not have; see `validation.network`"
    : "";
  return [describeExit(run), network, ...describeOutcome(run)].filter((part) => part !== "").join("; ");
}

/** Files that were not loaded are no failed tests: where there is nothing else, no tests are spoken of. */
function describeOutcome(run: Measurement): string[] {
  const unloaded = unloadedIn(run);
  const readings = testReadings(run);
  const isNothing = readings.every(({ passed }) => passed === 0);
  if (!unloaded) return [describeTests(run), isNothing ? describeMissing(run) : ""];
  const told = describeUnloaded(run, unloaded);
  const isAll = isNothing && readings.every(({ failed }) => failed <= unloaded.failed);
  return isAll ? ["no test ran", told] : [describeTests(run), told];
}

/** Both runs of a result that is not stable. */
export function describeFlaky(runs: Measurement[]): string {
  return `flaky (1/2): ${runs.map((run) => (run.setup ? describeRun(run) : describeExit(run))).join(", then ")}`;
}

/** Why there is no result of a run that was begun. */
export function describeUnmeasured({ exit, cut }: Measurement): string {
  if (cut) return "The proof's time (limits.proofMinutes) was over before the command's end.";
  return exit.endedBy === "cancel"
    ? "The run was cancelled."
    : "The validation command could not be started.";
}
