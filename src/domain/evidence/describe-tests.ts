import type { Measurement } from "./evidence.ts";
import { describeCounts, describeSource, type TestCounts } from "./test-counts.ts";

/** All that speaks of the tests of a run: its log, and the reports that it left. */
export function testReadings({ counts, reported }: Measurement): TestCounts[] {
  return [counts, reported].filter((reading) => reading !== undefined);
}

/** Whether log and reports of a run tell of the same tests; undefined where one is missing, or may tell of more. */
export function doAgree({ counts, reported }: Measurement): boolean | undefined {
  if (!counts || !reported) return undefined;
  if (isSameCounts(counts, reported)) return true;
  return counts.whole && reported.whole ? false : undefined;
}

/** What is said of the tests of a run, and by what, in few words; nothing where nothing was recognised. */
export function describeTests(
  run: Measurement,
  name: (counts: TestCounts) => string = describeSource,
): string {
  const told = (counts: TestCounts) => `${describeCounts(counts)} (${name(counts)})`;
  const [first, second] = testReadings(run);
  if (!first) return "";
  if (!second) return told(first);
  const agree = doAgree(run);
  if (agree) return `${describeCounts(first.whole ? first : second)} (${name(first)}; ${name(second)})`;
  return `${told(first)}${agree === false ? ", but " : "; "}${told(second)}`;
}

/** The same for a table of runs, where each source need not be named anew. */
export function describeTestsShortly(run: Measurement): string {
  return describeTests(run, ({ source }) => source?.kind ?? "log");
}

/**
 * Runners write what is skipped in different ways: mocha's reports leave it out, jest's count what is to do as passed. So
 * it is the failures that must be the same, and either what passed or all together.
 */
function isSameCounts(one: TestCounts, other: TestCounts): boolean {
  return one.failed === other.failed && (one.passed === other.passed || totalOf(one) === totalOf(other));
}

/** All tests that counts tell of. */
export function totalOf({
  passed,
  failed,
  skipped,
}: Pick<TestCounts, "passed" | "failed" | "skipped">): number {
  return passed + failed + skipped;
}
