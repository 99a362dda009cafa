import { isTestPath } from "../../../domain/paths/test-path.ts";
import { outcomeOf } from "../../run/outcome-of.ts";
import { type BaseTestsTold, baseTestsOf, type Runs } from "./base-tests.ts";
import { pairCounts } from "./pair-counts.ts";

/**
 * What changes of tests have to do with it that a red base is green: they did it `alone`, its own tests are as red on the
 * change (`still red`), or fewer of them are (`in part`); undefined where code did it, or where nothing was turned green.
 */
export type TurnedByTests = "alone" | "still red" | "in part" | undefined;

/** Tells who turned a red base green; `told` is what the base's own tests say. */
export function turnedByTests(runs: Runs, told: BaseTestsTold): TurnedByTests {
  const { files, validation, baseline, proof } = runs;
  if (outcomeOf(baseline) !== "red" || outcomeOf(validation) !== "green") return undefined;
  if (files.every(({ path }) => isTestPath(path)) || outcomeOf(proof) === "green") return "alone";
  if (told !== "red") return undefined;
  return areFewerRed(runs) ? "in part" : "still red";
}

function areFewerRed(runs: Runs): boolean {
  const [before] = runs.baseline.runs;
  const [now] = baseTestsOf(runs).runs;
  const pairs = before && now ? pairCounts(before, now) : [];
  return pairs.length > 0 && pairs.every((pair) => pair.now.failed < pair.before.failed);
}
