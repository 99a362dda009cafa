import { expect, test } from "@jest/globals";
import { type Breakable, namePattern } from "../../../src/proof/checks/assertions/breakable.ts";
import { findBreakables } from "../../../src/proof/checks/assertions/find-breakables.ts";
import {
  afterRun,
  type BreakTrial,
  type BrokenRun,
  beginTrial,
  nextBatch,
} from "../../../src/proof/checks/assertions/plan-trial.ts";
import { cpuSeconds } from "../../support/cpu-seconds.ts";

const assertion = (name: string, line = 1): Breakable => ({
  ...{ path: "a.test.js", line, text: "", test: name, key: "", edits: [], why: "" },
  called: name === "" ? undefined : namePattern(name),
});
const failed = (...names: string[]): BrokenRun => ({
  failed: names.map((name) => ({ name })),
  isByTests: names.length > 0,
});

/** Runs a trial in which `answer` says what each batch comes to; resolves to the batches, and what is known in the end. */
function play(chosen: Breakable[], answer: (batch: string[]) => BrokenRun): [string[][], BreakTrial] {
  const batches: string[][] = [];
  let trial = beginTrial(chosen);
  for (let batch = nextBatch(trial); batch.length > 0; batch = nextBatch(trial)) {
    const names = batch.map((one) => `${one.test}${one.line}`);
    batches.push(names);
    trial = afterRun(trial, { batch, run: answer(names) });
  }
  return [batches, trial];
}
/** A title that its file computes. */
const computed = ["a $", "{b}"].join("");
const lines = (all: Breakable[]) => all.map((one) => `${one.test}${one.line}`);

test("one assertion of each test is broken at once, and names tell which were noticed", () => {
  const chosen = [assertion("a"), assertion("a", 2), assertion("b"), assertion("c")];

  const [batches, trial] = play(chosen, (batch) => failed(...batch.map((one) => one.slice(0, -1))));

  expect(batches).toEqual([["a1", "b1", "c1"], ["a2"]]);
  expect(lines(trial.noticed)).toEqual(["a1", "b1", "c1", "a2"]);
});

test("what nobody names is broken once more without the others, and a green run has found it", () => {
  const [batches, trial] = play([assertion("a"), assertion("b"), assertion("c")], (batch) =>
    batch.includes("a1") ? failed("a") : "green",
  );

  expect(batches).toEqual([
    ["a1", "b1", "c1"],
    ["b1", "c1"],
  ]);
  expect(lines(trial.survived)).toEqual(["b1", "c1"]);
});

test("where a runner names nothing, each has a run of its own", () => {
  const [batches, trial] = play([assertion("a"), assertion("b"), assertion("c")], (batch) =>
    batch.join() === "b1" ? "green" : { failed: [], isByTests: true },
  );

  expect(batches).toEqual([["a1", "b1", "c1"], ["a1"], ["b1"], ["c1"]]);
  expect([lines(trial.noticed), lines(trial.survived)]).toEqual([["a1", "c1"], ["b1"]]);
});

test.each<[string, Breakable[], string[][]]>([
  [
    "of one name in two files",
    [assertion("a"), { ...assertion("a", 2), path: "b.test.js" }],
    [["a1"], ["a2"]],
  ],
  ["of a name that was computed", [assertion(computed), assertion("a 1", 2)], [[`${computed}1`], ["a 12"]]],
  ["outside of tests", [assertion("", 1), assertion("a", 2), assertion("", 3)], [["a2"], ["1"], ["3"]]],
])("assertions %s are not broken together", (_, chosen, expected) => {
  expect(play(chosen, () => ({ failed: [], isByTests: true }))[0]).toEqual(expected);
});

test("a copy that does not come to its tests proves nothing", () => {
  const [, trial] = play([assertion("a"), assertion("b")], () => failed());

  expect([trial.noticed, lines(trial.unsure)]).toEqual([[], ["a1", "b1"]]);
});

test.each<[string, string, boolean]>([
  ["adds $a and $b", "adds 1 and 2", true],
  ["adds %i", "adds", true],
  ["adds %i", "subtracts 1", false],
  ['an \\"escaped\\" name', 'an "escaped" name', true],
  ["ten", "ten pieces", false],
  ["$a$b".repeat(70), "x".repeat(300), false],
  [`$a-${"$b-".repeat(90)}!`, "-".repeat(10_000), false],
])("the title %j is that of the name %j: %s", (title, name, expected) => {
  expect(namePattern(title)?.test(name) ?? false).toBe(expected);
});

test.each([
  ["a_test.go", "func TestA(t *testing.T) {\n", "t.Error(1)\n"],
  ["a_test.go", "func TestA(t *testing.T) {\n", "if a {\n"],
  ["src/a.rs", "", "#[test] fn a() { "],
  ["src/a.rs", "", "assert_eq!("],
])("a hostile text of %s is read in the time that its length allows", (path, head, piece) => {
  const before = cpuSeconds();

  findBreakables(path, head + piece.repeat(100_000 / piece.length));

  expect(cpuSeconds() - before).toBeLessThan(20);
});
