import type { CheckRow } from "../../../domain/evidence/evidence.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { outcomeOf } from "../../run/outcome-of.ts";
import { checkProofOfTest, findTests } from "./check-proof-of-test.ts";
import type { RunsRead } from "./read-runs.ts";

type ShownLine = Pick<CheckRow<"shown">, "status" | "line" | "reason">;

/**
 * The check `shown`: what tells the change from its base. A command that is green before and after says nothing of what
 * lies between, so something must go from red to green. `noTest` is why the brief asks for nothing of the kind.
 */
export function checkShown({
  noTest,
  ...runs
}: RunsRead & { noTest?: string | undefined }): CheckRow<"shown"> {
  const told = judgeShown(runs);
  const line = `nothing, and nothing needs to: ${noTest}`;
  const excused: ShownLine = { status: "pass", line, reason: "nothing shown" };
  return { name: "shown", ...(told.status === "attention" && noTest ? excused : told), findings: [] };
}

const byTests: ShownLine = {
  status: "pass",
  line: "the tests of the change are red on the base's code and green here",
};

function judgeShown(runs: RunsRead): ShownLine {
  const { validation, baseline, turned } = runs;
  const before = outcomeOf(baseline);
  if (outcomeOf(validation) !== "green") return unmeasured("The validation is not green.");
  if (!before) return unmeasured(`The base was not measured. ${baseline.why}`.trim());
  if (before === "flaky") return unmeasured("The base is flaky: it cannot be told from the change.");
  if (before === "green") return byNewTests(runs);
  if (turned === "alone") return unshown("changes of tests alone turned the red base green");
  if (turned === "still red") return stillRed(runs);
  if (turned === "in part")
    return { status: "pass", line: "red on the base, and fewer of its own tests are red here" };
  return { status: "pass", line: "red on the base and green here, with code changed" };
}

/** What was red is so with the tests that were: only tests that the change added can show it. */
function stillRed({ proof, baseline }: RunsRead): ShownLine {
  return checkProofOfTest(proof, baseline).status === "pass"
    ? byTests
    : unshown("with the base's own tests it is as red as the base");
}

/** The base is green: only tests that are red on its code can tell the two apart. */
function byNewTests({ files, proof, ...sides }: RunsRead): ShownLine {
  if ("why" in findTests(files, sides))
    return files.every(({ path }) => isTestPath(path))
      ? unshown("the base is green, and only tests changed")
      : unshown("the base is green, and no test was added or changed");
  const { status, line } = checkProofOfTest(proof, sides.baseline);
  // The command ran on the base: where it does not for the tests of the change, they show nothing, and no time was lacking.
  if (status === "not measured") return outcomeOf(proof) ? unshown(line) : unmeasured(line);
  if (status === "attention")
    return unshown("the base is green, and its code is green with the tests of the change too");
  return byTests;
}

function unshown(why: string): ShownLine {
  return { status: "attention", line: `nothing: ${why}`, reason: "nothing shown" };
}

function unmeasured(line: string): ShownLine {
  return { status: "not measured", line };
}
