import type { Measurement } from "../../../domain/evidence/evidence.ts";
import { isGreen } from "../../run/outcome-of.ts";
import { pairCounts } from "../runs/pair-counts.ts";

/**
 * How a run with other surroundings differs from the usual one of the same tree: in how it ended, or in the tests that
 * it counts. Undefined: it does not, or one of them is no result.
 */
export function differsElsewhere(usual: Measurement, other: Measurement): "end" | "counts" | undefined {
  const ends = [isGreen(usual), isGreen(other)];
  if (ends.includes(undefined)) return undefined;
  if (ends[0] !== ends[1]) return "end";
  const isOther = pairCounts(usual, other).some(
    ({ before, now }) =>
      before.whole &&
      now.whole &&
      (before.passed !== now.passed || before.failed !== now.failed || before.skipped !== now.skipped),
  );
  return isOther ? "counts" : undefined;
}
