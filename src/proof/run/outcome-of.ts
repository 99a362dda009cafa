import type { Measurement } from "../../domain/evidence/evidence.ts";
import { isGreenExit } from "../../domain/evidence/is-green-exit.ts";

/** What was run on one tree: nothing, one run, or two where the first was red; `why` says why there is nothing. */
export type Series = { runs: Measurement[]; why: string };

/** What the runs on one tree add up to; undefined if it was never really measured. */
export type Outcome = "green" | "red" | "flaky" | undefined;

/** A red result counts as red until a second run says otherwise; one that differs makes it flaky, never green. */
export function outcomeOf({ runs }: Pick<Series, "runs">): Outcome {
  const [first, second] = runs.map(isGreen);
  if (first === undefined) return undefined;
  if (first) return "green";
  return second ? "flaky" : "red";
}

/** Whether one run of the command was green; undefined if it was cut short by us or never began. */
export function isGreen({ exit, cut }: Measurement): boolean | undefined {
  if (cut || exit.endedBy === "spawn" || exit.endedBy === "cancel") return undefined;
  return isGreenExit(exit);
}
