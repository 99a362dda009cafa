import { expect, test } from "@jest/globals";
import type { ElsewhereRuns, Measurement } from "../../src/domain/evidence/evidence.ts";
import type { Surrounding } from "../../src/domain/evidence/surrounding.ts";
import { weighElsewhere } from "../../src/proof/checks/conditions/weigh-elsewhere.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const all: Surrounding[] = ["CI", "directory", "date"];

const saying = (exitCode: number, tail: string): Measurement => {
  const run = aMeasurement({ exitCode });
  return { ...run, exit: { ...run.exit, log: { ...run.exit.log, tail } } };
};
const green = saying(0, "all is well");
const counted = (passed: number, skipped: number): Measurement => ({
  ...green,
  counts: { passed, failed: 0, skipped, whole: true },
});
/** A red run of pytest with these failed tests; without any: of a program that only ends badly. */
const red = (...names: string[]): Measurement =>
  saying(1, names.map((name) => `FAILED tests/test_a.py::${name} - assert 1 == 2`).join("\n") || "it failed");

type Row = [what: string, usual: [Measurement, Measurement], elsewhere: [Measurement, Measurement], string];

/** The change and the base as validated, then both elsewhere; and what is said. */
const rows: Row[] = [
  ["the same twice", [green, green], [green, green], "told: comes to the same"],
  ["a fix that needs CI", [green, red("test_a")], [red("test_a"), red("test_a")], 'differs: red.*"test_a"'],
  ["such a fix, where nobody names tests", [green, red()], [red(), red()], "differs: red"],
  ["a new test that needs CI", [green, green], [red("test_new"), green], 'differs: red.*"test_new"'],
  ["a suite that reads the date", [green, green], [red("test_old"), red("test_old")], "told: .*on the base"],
  ["such a suite, where nobody names tests", [green, green], [red(), red()], "told: .*on the base"],
  [
    "such a suite and a fix that needs CI",
    [green, red("test_a")],
    [red("test_a", "test_old"), red("test_a", "test_old")],
    'differs: red without `CI`, in another directory and on a later date \\("test_a"\\)',
  ],
  [
    "such a suite, mended, on a red base",
    [green, red("test_a")],
    [red("test_old"), red("test_a", "test_old")],
    "told: .*on the base",
  ],
  [
    "a red base that says something else there",
    [green, saying(1, "1 != 2")],
    [red(), saying(1, "boom")],
    "told: .*cannot be told",
  ],
  ["a red base with other numbers", [green, saying(1, "in 12 ms")], [red(), saying(1, "in 9 ms")], "differs"],
  [
    "fewer tests",
    [counted(3, 0), counted(2, 0)],
    [counted(2, 1), counted(2, 0)],
    "differs: .*2 passed, 1 skipped",
  ],
  [
    "fewer tests on both",
    [counted(3, 0), counted(2, 0)],
    [counted(2, 1), counted(1, 1)],
    "told: .*on the base",
  ],
  [
    "fewer tests, and a base that counts none",
    [counted(3, 0), red()],
    [counted(2, 1), red()],
    "told: .*cannot",
  ],
];

test.each(rows)("%s", (_, [validation, baseline], [change, base], expected) => {
  const elsewhere: ElsewhereRuns = {
    ...{ changed: all, unchanged: [], change: [change, change], base: [base], singles: [], why: "" },
  };
  const sides = { validation: seriesOf(validation), baseline: seriesOf(baseline) };

  const { kind, line } = weighElsewhere({ ...sides, elsewhere });

  const [wanted, words = ""] = expected.split(": ");
  expect(kind).toBe(wanted);
  expect(line).toMatch(new RegExp(words));
});

test("what alone makes the difference is named, and what could not be changed", () => {
  const elsewhere = (fields: Partial<ElsewhereRuns>): ElsewhereRuns => ({
    ...{ changed: ["CI", "directory"], unchanged: [{ what: "date", why: "libfaketime is not installed" }] },
    ...{ change: [], base: [], singles: [], why: "" },
    ...fields,
  });
  const sides = { validation: seriesOf(green), baseline: seriesOf(green) };
  const runs = { change: [red("test_a"), red("test_a")], base: [green] };
  const singles: Measurement[] = [
    { ...red("test_a"), surroundings: ["CI"] },
    { ...green, surroundings: ["directory"] },
  ];

  expect(weighElsewhere({ ...sides, elsewhere: elsewhere({ ...runs, singles }) }).line).toBe(
    'The change is green where it is validated, and red without `CI` ("test_a"). On the base that makes no difference. ' +
      "What does the change ask about who runs it?",
  );
  expect(weighElsewhere({ ...sides, elsewhere: elsewhere({}) }).line).toBe(
    "The command comes to the same without `CI` and in another directory. " +
      "On a later date: not measured, since libfaketime is not installed.",
  );
});

test("a second run that is green makes it no difference, and no result is none", () => {
  const elsewhere = { changed: all, unchanged: [], base: [], singles: [] };
  const sides = { validation: seriesOf(green), baseline: seriesOf(green) };

  expect(
    weighElsewhere({ ...sides, elsewhere: { ...elsewhere, change: [red(), green], why: "" } }).line,
  ).toMatch(/comes to the same/);
  expect(weighElsewhere({ ...sides, elsewhere: { ...elsewhere, change: [], why: "It is late." } }).line).toBe(
    "Not run with other surroundings. It is late.",
  );
});

function seriesOf(run: Measurement) {
  return { runs: [run], why: "" };
}
