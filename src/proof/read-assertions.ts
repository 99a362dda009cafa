import type { Change, FileText } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import type { Ports } from "../ports.ts";
import { type SelectedAssertions, selectAssertions } from "./checks/assertions/select-assertions.ts";
import type { Runs } from "./checks/runs/base-tests.ts";
import { holdsTests } from "./checks/weakened-tests/read-suite.ts";
import { type FailedTest, failedTests } from "./explain/failed-tests.ts";
import { standingTests } from "./read-standing-tests.ts";
import { outcomeOf } from "./run/outcome-of.ts";

/** More assertions than these, and more of helpers, are not tried. */
const mostChosen = 200;
const mostOfHelpers = 2;

/** Reads the test files of a change, and those others that hold a test which was red on the base and is green now. */
export async function readAssertions(
  task: AcceptedTask,
  { change, runs }: { change: Change; runs: Runs },
  { objects }: Pick<Ports, "objects">,
): Promise<SelectedAssertions> {
  const at = changeAddress(task, change);
  const changed: FileText[] = [];
  for await (const text of objects.texts(at, runs.files)) changed.push(text);
  const red = turnedGreen(runs);
  const standing: { path: string; text: string }[] = [];
  if (red.length > 0)
    for await (const one of standingTests({ at, files: runs.files, isTest: mayHold }, { objects }))
      if (red.some(({ name }) => one.text.includes(name.replace(/\/.*$/, "")))) standing.push(one);
  return bounded(selectAssertions(changed, { red, standing }));
}

function mayHold(path: string): boolean {
  return holdsTests(path) || path.endsWith(".rs");
}

/** The tests that were red on the base, as far as its runner names them. */
function turnedGreen({ baseline, validation }: Runs): FailedTest[] {
  const [run] = baseline.runs;
  if (!run || outcomeOf(baseline) !== "red" || outcomeOf(validation) !== "green") return [];
  return failedTests(run);
}

function bounded({ chosen, untried, texts }: SelectedAssertions): SelectedAssertions {
  const inTests = chosen.filter(({ test }) => test !== "");
  const helpers = chosen.filter(({ test }) => test === "");
  const over = [
    ...inTests.slice(mostChosen).map((one) => ({ ...one, why: "there are very many" })),
    ...helpers.slice(mostOfHelpers).map((one) => ({ ...one, why: "it is a helper's own" })),
  ];
  return {
    chosen: [...inTests.slice(0, mostChosen), ...helpers.slice(0, mostOfHelpers)],
    untried: [...untried, ...over],
    texts,
  };
}
