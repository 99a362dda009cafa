import { describe, expect, test } from "@jest/globals";
import type { ChangedFile } from "../../src/domain/evidence/change.ts";
import type { Measurement } from "../../src/domain/evidence/evidence.ts";
import { noTestOf } from "../../src/domain/task/no-test.ts";
import { checkBaseline } from "../../src/proof/checks/runs/check-baseline.ts";
import { checkShown } from "../../src/proof/checks/runs/check-shown.ts";
import { readRuns } from "../../src/proof/checks/runs/read-runs.ts";
import type { Series } from "../../src/proof/run/outcome-of.ts";
import { aMeasurement } from "../fixtures/evidence.ts";
import { aBrief } from "../fixtures/tasks.ts";

const side = { mode: "100644", id: "a".repeat(40), bytes: 1 };
const code: ChangedFile = { path: "src/a.js", before: side, after: side };
const tests: ChangedFile = { path: "test/a.test.js", before: null, after: side };
const green = aMeasurement({});
const red = aMeasurement({ exitCode: 1 });
const cut: Measurement = { ...red, cut: true };
const counted = (failed: number, passed: number): Measurement => ({
  ...red,
  counts: { passed, failed, skipped: 0, whole: true },
});
const series = (...runs: Measurement[]): Series => ({ runs, why: runs.length > 0 ? "" : "It was late." });

type Runs = { files: ChangedFile[]; base: Measurement[]; change?: Measurement[]; proof?: Measurement[] };

const runsOf = ({ files, base, change = [green], proof = [] }: Runs) =>
  readRuns({
    ...{ files, validation: series(...change) },
    ...{ baseline: series(...base), proof: series(...proof), baseTests: series() },
  });

const both = [code, tests];
const cases: [string, Runs, string, RegExp][] = [
  ["code, on a red base", { files: [code], base: [red, red] }, "pass", /^red on the base and green here/],
  [
    "code and tests, on a green base that is red with them",
    { files: both, base: [green], proof: [red] },
    "pass",
    /^the tests of the change are red on the base's code and green here$/,
  ],
  [
    "code and tests, on a red base that stays red with them",
    { files: both, base: [counted(1, 5), counted(1, 5)], proof: [counted(1, 5)] },
    "pass",
    /^red on the base and green here, with code changed$/,
  ],
  [
    "code and tests, on a red base where nothing counts them",
    { files: both, base: [red, red] },
    "pass",
    /^red on the base and green here/,
  ],
  ["code alone, on a green base", { files: [code], base: [green] }, "attention", /no test was added/],
  [
    "code and tests that are green on the base's code",
    { files: both, base: [green], proof: [green] },
    "attention",
    /^nothing: the base is green, and its code is green with the tests of the change too$/,
  ],
  ["tests alone, on a green base", { files: [tests], base: [green] }, "attention", /^nothing: .*only tests/],
  [
    "tests alone, on a red base",
    { files: [tests], base: [red, red] },
    "attention",
    /^nothing: changes of tests alone turned the red base green$/,
  ],
  [
    "code and tests, on a red base that is green with the tests",
    { files: both, base: [counted(2, 1), counted(2, 1)], proof: [green] },
    "attention",
    /changes of tests alone turned the red base green$/,
  ],
  [
    "a test deleted, on a green base",
    { files: [code, { ...tests, before: side, after: null }], base: [green] },
    "attention",
    /no test was added/,
  ],
  ["code that is red", { files: [code], base: [green], change: [red, red] }, "not measured", /not green/],
  ["code that is flaky", { files: [code], base: [red, red], change: [red, green] }, "not measured", /not g/],
  ["code, without a base", { files: [code], base: [] }, "not measured", /It was late\.$/],
  ["code, on a flaky base", { files: [code], base: [red, green] }, "not measured", /base is flaky/],
  ["code and tests, too late", { files: both, base: [green] }, "not measured", /^It was late\.$/],
  ["code and tests, cut", { files: both, base: [green], proof: [cut] }, "not measured", /proofMinutes/],
  [
    "code and tests whose command is gone",
    { files: both, base: [green], proof: [aMeasurement({ exitCode: 127 })] },
    "attention",
    /^nothing: The command cannot be run/,
  ],
];

describe("what shows a change", () => {
  test.each(cases)("of %s", (_, runs, status, line) => {
    expect(checkShown(runsOf(runs))).toMatchObject({
      name: "shown",
      status,
      line: expect.stringMatching(line),
    });
  });

  test("is nothing where the brief asks for nothing", () => {
    const runs = runsOf({ files: [code], base: [green] });

    expect(checkShown({ ...runs, noTest: "the brief is of the kind `docs or cleanup`" })).toMatchObject({
      status: "pass",
      line: "nothing, and nothing needs to: the brief is of the kind `docs or cleanup`",
      reason: "nothing shown",
    });
  });

  test("is told also where the brief asks for nothing", () => {
    const runs = runsOf({ files: [code], base: [red, red] });

    expect(checkShown({ ...runs, noTest: "…" })).toMatchObject({ line: expect.stringMatching(/^red on/) });
  });
});

test.each<[string, Runs, boolean]>([
  ["tests alone", { files: [tests], base: [red, red] }, true],
  ["the tests, whatever else changed", { files: both, base: [red, red], proof: [green] }, true],
  ["code", { files: [code], base: [red, red] }, false],
  ["code beside tests", { files: both, base: [red, red], proof: [red] }, false],
])("a base that %s turned green is fixed, unless it was tests", (_, runs, byTests) => {
  const given = runsOf(runs);
  const { line } = checkBaseline(given.validation, given.baseline, given.turned);

  if (byTests) expect(line).toBe("not fixed: red on the base, and changes of tests alone turned it green");
  else expect(line).toBe("fixed: red on the base, green on the change");
});

test("only a red base that is green now was turned", () => {
  for (const base of [[green], [], [red, green]])
    expect(runsOf({ files: [tests], base }).turned).toBeUndefined();
  expect(runsOf({ files: [tests], base: [red, red], change: [red, red] }).turned).toBeUndefined();
});

test.each<[Parameters<typeof aBrief>[0], string | undefined]>([
  [{ kind: "bug fix" }, undefined],
  [{ kind: "other" }, undefined],
  [{ kind: "migration" }, undefined],
  [{ kind: "docs or cleanup" }, "the brief is of the kind `docs or cleanup`"],
  [{ kind: "test backfill" }, "the brief is of the kind `test backfill`"],
  [{ nonGoals: ["No new options", "no test: only a log line"] }, 'the brief says "no test: only a log line"'],
  [
    { constraints: ["**No test**: it is a `style` matter"] },
    'the brief says "No test: it is a style matter"',
  ],
  [{ nonGoals: ["No tests: the wording alone"] }, 'the brief says "No tests: the wording alone"'],
  [{ nonGoals: [`no test: ${"x".repeat(300)}`] }, `the brief says "no test: ${"x".repeat(191)}…"`],
  [{ nonGoals: ["No test:"] }, undefined],
  [{ nonGoals: ["No tests may be deleted"] }, undefined],
  [{ nonGoals: ["No test is to be changed: they are right"] }, undefined],
  [{ goal: "no test: this is not where it is said" }, undefined],
])("a brief like %j lets nothing show the change: %s", (fields, expected) => {
  expect(noTestOf(aBrief(fields))).toBe(expected);
});
