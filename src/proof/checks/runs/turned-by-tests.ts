import type { ChangedFile } from "../../../domain/evidence/change.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import type { Series } from "../../run/outcome-of.ts";
import { outcomeOf } from "../../run/outcome-of.ts";
import type { ChangeAndBase } from "./check-proof-of-test.ts";

/** The changed files, and what was run on change and base, and on the base's code with the tests of the change. */
export type Shown = ChangeAndBase & { files: ChangedFile[]; proof: Series };

/** Whether changes of tests alone turned a red base green: nothing else changed, or without the rest it is green too. */
export function turnedByTests({ files, validation, baseline, proof }: Shown): boolean {
  if (outcomeOf(baseline) !== "red" || outcomeOf(validation) !== "green") return false;
  return files.every(({ path }) => isTestPath(path)) || outcomeOf(proof) === "green";
}
