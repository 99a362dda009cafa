import type { FileText } from "../../../domain/evidence/change.ts";
import type { CheckRow } from "../../../domain/evidence/evidence.ts";
import { plural } from "../../../domain/text/plural.ts";
import { describeRun } from "../../explain/describe-run.ts";
import { failedTests } from "../../explain/failed-tests.ts";
import { findExpectations } from "../weakened-tests/find-expectations.ts";
import { baseTestsOf } from "./base-tests.ts";
import type { RunsRead } from "./read-runs.ts";

/**
 * The check `base tests`: the base's own test files over the code of the change. What is red there and green in the change
 * had its expectation changed; `texts` are the files that were put back, for what it was before and is now.
 */
export function checkBaseTests({ told, ...runs }: RunsRead, texts: FileText[]): CheckRow<"base tests"> {
  const name = "base tests";
  if (typeof told === "object") return { name, status: "not measured", line: told.why, findings: [] };
  if (told === "none")
    return { name, status: "pass", line: "no test file of the base was changed", findings: [] };
  if (told === "green")
    return { name, status: "pass", line: "the base's own tests are green on the change", findings: [] };
  const [run] = baseTestsOf(runs).runs;
  const failed = run ? failedTests(run) : [];
  const who = failed.length > 0 ? plural(failed.length, "test") : "the validation";
  const line = `with the base's own test files ${who} ${failed.length > 1 ? "are" : "is"} red on the change${run ? `: ${describeRun(run)}` : ""}`;
  return { name, status: "attention", line, findings: findExpectations(texts, failed) };
}
