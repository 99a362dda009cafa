import type { ChangedFile } from "../../../domain/evidence/change.ts";
import { testReadings } from "../../../domain/evidence/describe-tests.ts";
import type { CheckRow, Measurement } from "../../../domain/evidence/evidence.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { plural } from "../../../domain/text/plural.ts";
import { describeRun, describeUnmeasured } from "../../explain/describe-run.ts";
import { outcomeOf, type Series } from "../../run/outcome-of.ts";
import { pairCounts } from "./pair-counts.ts";

/** What a shell says where it did not find the command, or may not run it. */
const neverRan = new Set([126, 127]);

/** What the change and its base came to: the proof is read beside both. */
export type ChangeAndBase = { validation: Series; baseline: Series };

/** The paths that stay when the rest is reverted, or why there is nothing to be proved by that. */
export function findTests(
  files: ChangedFile[],
  { validation, baseline }: ChangeAndBase,
): { paths: string[] } | { why: string } {
  const tests = files.filter(({ path }) => isTestPath(path));
  if (!tests.some(({ after }) => after)) return { why: "No test was added or changed." };
  if (tests.length === files.length)
    return { why: "The change is one of tests alone: there is nothing to revert." };
  if (outcomeOf(validation) !== "green") return { why: "The validation is not green." };
  const before = outcomeOf(baseline);
  if (!before) return { why: `The base was not measured. ${baseline.why}`.trim() };
  if (before === "flaky") return { why: "The base is flaky: a red result would prove nothing." };
  if (before === "red" && !baseline.runs.slice(0, 1).some((run) => testReadings(run).length > 0))
    return {
      why: "The base is red without these tests, and nothing counts them: a red result would prove nothing.",
    };
  return { paths: tests.map(({ path }) => path) };
}

/** The check `proof of test`: with all but the tests reverted, the validation must run and go red. */
export function checkProofOfTest(proof: Series, baseline: Series): CheckRow<"proof of test"> {
  const { status, line } = judgeProofOfTest(proof, baseline);
  return { name: "proof of test", status, line, findings: [] };
}

type ProofOfTestLine = Pick<CheckRow<"proof of test">, "status" | "line">;

function judgeProofOfTest(proof: Series, baseline: Series): ProofOfTestLine {
  const [run] = proof.runs;
  const outcome = outcomeOf(proof);
  if (!run) return { status: "not measured", line: proof.why };
  if (!outcome) return { status: "not measured", line: describeUnmeasured(run) };
  const told = describeRun(run);
  if (run.setup) return { status: "not measured", line: `Without the rest of the change ${told}.` };
  if (outcome === "green")
    return { status: "attention", line: `the tests pass without the rest of the change: ${told}` };
  if (neverRan.has(run.exit.exitCode ?? 0))
    return {
      status: "not measured",
      line: `The command cannot be run without the rest of the change: ${told}.`,
    };
  const [before] = baseline.runs;
  if (before && outcomeOf(baseline) === "red") return beside(before, run);
  return { status: "pass", line: `red without the rest of the change: ${told}` };
}

/**
 * Where the base was red already, only the counts tell what the tests of the change show. Tests that were red on the base,
 * stay red with them alone and are green on the change show it as well: added ones that pass are guards then.
 */
function beside(before: Measurement, run: Measurement): ProofOfTestLine {
  const pairs = pairCounts(before, run);
  const { failed = 0, passed = 0 } = pairs[0]?.before ?? {};
  const added = { red: (pairs[0]?.now.failed ?? 0) - failed, guards: (pairs[0]?.now.passed ?? 0) - passed };
  const told = `${describeRun(run)} (${pairs[0] ? failed : "?"} failed on the base)`;
  if (allOf(pairs, (pair) => pair.now.failed > pair.before.failed))
    return {
      status: "pass",
      line: `${added.red} more red without the rest of the change${guarding(added.guards)}: ${told}`,
    };
  if (allOf(pairs, (pair) => pair.now.failed === pair.before.failed && pair.now.passed > pair.before.passed))
    return {
      status: "pass",
      line: `red without the rest of the change: ${plural(failed, "test")} that the base had${guarding(added.guards)}: ${told}`,
    };
  if (allOf(pairs, (pair) => pair.now.failed < pair.before.failed && pair.now.passed > pair.before.passed))
    return {
      status: "attention",
      line: `tests that were red on the base pass without the rest of the change: ${told}`,
    };
  return {
    status: "not measured",
    line: `The base was red already, and nothing tells the new tests apart: ${told}.`,
  };
}

/** Added tests that are green on the base too show no fix, and keep what was right. */
function guarding(guards: number): string {
  return guards > 0
    ? `; ${guards} added ${guards === 1 ? "test is a guard" : "tests are guards"}, green on the base too`
    : "";
}

/** Log and reports, where there are both, must say the same. */
function allOf<T>(pairs: T[], holds: (pair: T) => boolean): boolean {
  return pairs.length > 0 && pairs.every(holds);
}
