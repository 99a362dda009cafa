import type { ChangedFile } from "../../../domain/evidence/change.ts";
import { testReadings } from "../../../domain/evidence/describe-tests.ts";
import type { Measurement } from "../../../domain/evidence/evidence.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { describeFlaky, describeRun, describeUnmeasured } from "../../explain/describe-run.ts";
import { unloadedIn } from "../../explain/describe-unloaded.ts";
import { failedTests } from "../../explain/failed-tests.ts";
import { outcomeOf, type Series } from "../../run/outcome-of.ts";
import type { ChangeAndBase } from "./check-proof-of-test.ts";
import { pairCounts } from "./pair-counts.ts";

/**
 * The changed files, and what was run: change, base, the base's code with the tests of the change (`proof`), and the code of
 * the change with the base's tests (`baseTests`).
 */
export type Runs = ChangeAndBase & { files: ChangedFile[]; proof: Series; baseTests: Series };

/** What the base's tests say of the change: `none` of them was changed, or why there is no answer. */
export type BaseTestsTold = "none" | "green" | "red" | { why: string };

/** Added files that change how the tests of others run: what is run before them, and what stands in for modules. */
const alters = /(?:^|\/)(?:conftest\.py$|__mocks__\/|[\w.-]*setup[\w.-]*$)/i;

/**
 * The files that are as in the base again when its tests are run: changed and deleted ones as they were, added ones gone.
 * Nothing where no test of the base can come out otherwise. One that was only moved is left where it is.
 */
export function findBaseTests(files: ChangedFile[]): ChangedFile[] {
  const moved = new Set(files.flatMap((file) => (isMove(file, files) ? [file.path, file.from] : [])));
  const tests = files.filter(({ path }) => isTestPath(path) && !moved.has(path));
  const differ = tests.some((file) =>
    file.before ? file.before.id !== file.after?.id : alters.test(file.path),
  );
  return differ ? tests : [];
}

function isMove({ from, before, after }: ChangedFile, files: ChangedFile[]): boolean {
  if (from === undefined || before || !after) return false;
  const origin = files.find(({ path }) => path === from);
  return origin?.after === null && origin.before?.id === after.id;
}

/** The runs with the base's tests; where nothing but tests changed, they are those of the base itself. */
export function baseTestsOf({
  files,
  baseline,
  baseTests,
}: Pick<Runs, "files" | "baseline" | "baseTests">): Series {
  return findBaseTests(files).length === files.length ? baseline : baseTests;
}

/** Reads the runs with the base's tests; red counts only where a test may be what is red. */
export function readBaseTests(runs: Runs): BaseTestsTold {
  if (findBaseTests(runs.files).length === 0) return "none";
  if (outcomeOf(runs.validation) !== "green") return { why: "The validation is not green." };
  const series = baseTestsOf(runs);
  const outcome = outcomeOf(series);
  const [run] = series.runs;
  if (!run) return { why: series.why };
  if (!outcome) return { why: describeUnmeasured(run) };
  if (outcome === "green") return "green";
  if (outcome === "flaky") return { why: `With the base's tests it is ${describeFlaky(series.runs)}.` };
  // An exit code that a shell gives to what it does not find is no excuse: code under test may end with it too.
  if (run.setup) return { why: `With the base's tests ${describeRun(run)}.` };
  return passedAll(run, runs.baseline.runs[0]) ? { why: otherReason(run) } : "red";
}

function otherReason(run: Measurement): string {
  return `With the base's tests no test fails, and something else does: ${describeRun(run)}.`;
}

/** Whether all tests that the base ran pass, as a bound of coverage does not tell. */
function passedAll(run: Measurement, before: Measurement | undefined): boolean {
  if (!before || unloadedIn(run) || failedTests(run).length > 0) return false;
  if (testReadings(run).some(({ failed }) => failed > 0)) return false;
  const pairs = pairCounts(before, run);
  return (
    pairs.length > 0 &&
    pairs.every(
      ({ before: was, now }) => now.whole && now.passed > 0 && now.passed >= was.passed + was.failed,
    )
  );
}
