import { failedTests } from "../../explain/failed-tests.ts";
import { outcomeOf } from "../../run/outcome-of.ts";
import type { RunsRead } from "../runs/read-runs.ts";

/** A test that is red on the base's code and green on the change; `path` where its runner says the file. */
export type TurnedTest = { name: string; path?: string };

/**
 * The tests that a change turns from red to green, as the logs name them: those of the change that fail on the base's code,
 * and those of a red base that the change's code mended. None where the change is not green.
 */
export function turnedTests({ validation, baseline, proof, turned }: RunsRead): TurnedTest[] {
  if (outcomeOf(validation) !== "green") return [];
  const withTests = outcomeOf(proof) === "red" ? proof.runs.slice(0, 1) : [];
  const mended = outcomeOf(baseline) === "red" && !turned ? baseline.runs.slice(0, 1) : [];
  const all = [...withTests, ...mended].flatMap((run) => failedTests(run));
  return [...new Map(all.map((test) => [test.name, test])).values()];
}
