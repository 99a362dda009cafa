import { expect, test } from "@jest/globals";
import { checkTests, lookAtTests } from "../../../src/proof/checks/weakened-tests/check-tests.ts";
import { type ListedChange, readWritten } from "../../fixtures/read-changes.ts";

const changes = readWritten("tables");

/** How a change of the table is judged, if not as it is labelled. */
function wrongly({ files, expect: label }: ListedChange): "missed" | "alarm" | "other weight" | undefined {
  const { status } = checkTests(files.flatMap(lookAtTests), { files: files.map(({ file }) => file) });
  if (status === label) return undefined;
  return label === "pass" ? "alarm" : status === "pass" ? "missed" : "other weight";
}

function named(kind: ReturnType<typeof wrongly>): string[] {
  return changes.filter((change) => wrongly(change) === kind).map(({ name }) => name);
}

test("the table was labelled before the detector, and is large enough", () => {
  expect(changes.length).toBeGreaterThanOrEqual(100);
  expect(changes.filter(({ expect: label }) => label === "pass").length).toBeGreaterThanOrEqual(40);
});

test("no weakened change of the table is missed, but for these", () => {
  expect(named("missed")).toEqual(["a strict equality of node became a loose one"]);
});

test("no honest change of the table raises an alarm, but for these", () => {
  expect(named("alarm")).toEqual([]);
});

test("each weakened change has the weight that the specification asks for, but for these", () => {
  expect(named("other weight")).toEqual([]);
});
