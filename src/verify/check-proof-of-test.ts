import type { ChangedFile } from "../domain/change.ts";
import type { Check } from "../domain/evidence.ts";
import { isTestPath } from "../domain/test-path.ts";
import { describeRun, describeUnmeasured } from "./describe-run.ts";
import { type Outcome, outcomeOf, type Series } from "./outcome-of.ts";

/** What a shell says where it did not find the command, or may not run it. */
const neverRan = new Set([126, 127]);

/** Why the tests of a change need no proof or cannot have one; otherwise the paths that stay when the rest is reverted. */
export function findTests(files: ChangedFile[], validation: Outcome): { paths: string[] } | { why: string } {
  const tests = files.filter(({ path }) => isTestPath(path));
  if (!tests.some(({ after }) => after)) return { why: "No test was added or changed." };
  if (tests.length === files.length)
    return { why: "The change is one of tests alone: there is nothing to revert." };
  if (validation !== "green") return { why: "The validation is not green." };
  return { paths: tests.map(({ path }) => path) };
}

/** The check `proof of test`: with all but the tests reverted, the validation must run and go red. */
export function checkProofOfTest(proof: Series): Check {
  const { status, line } = judged(proof);
  return { name: "proof of test", status, line, findings: [] };
}

function judged(proof: Series): Pick<Check, "status" | "line"> {
  const [run] = proof.runs;
  const outcome = outcomeOf(proof);
  if (!run) return { status: "not measured", line: proof.why };
  if (!outcome) return { status: "not measured", line: describeUnmeasured(run) };
  const told = describeRun(run);
  if (outcome === "green")
    return { status: "attention", line: `the tests pass without the rest of the change: ${told}` };
  if (neverRan.has(run.exit.exitCode ?? 0))
    return {
      status: "not measured",
      line: `The command cannot be run without the rest of the change: ${told}.`,
    };
  return { status: "pass", line: `red without the rest of the change: ${told}` };
}
