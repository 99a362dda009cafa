import { type BaseTestsTold, type Runs, readBaseTests } from "./base-tests.ts";
import { type TurnedByTests, turnedByTests } from "./turned-by-tests.ts";

/** All runs of a proof, and what is read of them once for all rows. */
export type RunsRead = Runs & { told: BaseTestsTold; turned: TurnedByTests };

/** Reads what the runs say together: logs are searched for names and counts, so it is done once. */
export function readRuns(runs: Runs): RunsRead {
  const told = readBaseTests(runs);
  return { ...runs, told, turned: turnedByTests(runs, told) };
}
