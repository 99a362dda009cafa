import { posix } from "node:path";
import { testReadings } from "../../../domain/evidence/describe-tests.ts";
import type { Measurement } from "../../../domain/evidence/evidence.ts";
import type { CountsSource, TestCounts } from "../../../domain/evidence/test-counts.ts";

/** The counts of two runs that come from the very same source: nothing else can be compared. */
export function pairCounts(before: Measurement, now: Measurement): { before: TestCounts; now: TestCounts }[] {
  return testReadings(before).flatMap((earlier) => {
    const later = testReadings(now).find((reading) => isSameSource(earlier, reading));
    return later ? [{ before: earlier, now: later }] : [];
  });
}

/**
 * Reports must also be whole: what a bound cut off would be taken for a difference between the runs. Counts without a
 * source are those of an earlier version, which read nothing but the log.
 */
function isSameSource(one: TestCounts, other: TestCounts): boolean {
  if (!one.source || !other.source) return one.source === other.source;
  if (one.source.kind !== other.source.kind) return false;
  if (one.source.kind !== "log" && !(one.whole && other.whole)) return false;
  return placesOf(one.source).join("\0") === placesOf(other.source).join("\0");
}

/** One report is named by its path; its folder may hold a second one after the change. */
function placesOf({ kind, names, files }: CountsSource): string[] {
  return kind !== "log" && files === 1 ? names.map((name) => posix.dirname(name)) : names;
}
