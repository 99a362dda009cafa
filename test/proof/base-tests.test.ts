import { describe, expect, test } from "@jest/globals";
import type { ChangedFile, FileText } from "../../src/domain/evidence/change.ts";
import type { Measurement } from "../../src/domain/evidence/evidence.ts";
import { findBaseTests } from "../../src/proof/checks/runs/base-tests.ts";
import { checkBaseTests } from "../../src/proof/checks/runs/check-base-tests.ts";
import { checkBaseline } from "../../src/proof/checks/runs/check-baseline.ts";
import { checkShown } from "../../src/proof/checks/runs/check-shown.ts";
import { readRuns } from "../../src/proof/checks/runs/read-runs.ts";
import type { Series } from "../../src/proof/run/outcome-of.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const side = (id: string) => ({ mode: "100644", id: id.repeat(40), bytes: 1 });
const changed = (path: string): ChangedFile => ({ path, before: side("a"), after: side("b") });
const added = (path: string): ChangedFile => ({ path, before: null, after: side("b") });
const deleted = (path: string): ChangedFile => ({ path, before: side("a"), after: null });

const code = changed("src/a.js");
const tests = changed("test/a.test.js");
const log = (tail: string) => ({ sha256: "", bytes: tail.length, head: tail, tail });
const green = aMeasurement({});
const red = aMeasurement({ exitCode: 1 });
const told = (failed: number, passed: number, exitCode = 1): Measurement => ({
  ...aMeasurement({ exitCode }),
  counts: { passed, failed, skipped: 0, whole: true, source: { kind: "log", names: ["node"] } },
});
const series = (...runs: Measurement[]): Series => ({ runs, why: runs.length > 0 ? "" : "It was late." });

type Given = { files?: ChangedFile[]; base?: Measurement[]; proof?: Measurement[]; back?: Measurement[] };

const runsOf = ({ files = [code, tests], base = [green], proof = [red], back = [] }: Given) =>
  readRuns({
    ...{ files, validation: series(base[0]?.counts ? told(0, 6, 0) : green), baseline: series(...base) },
    ...{ proof: series(...proof), baseTests: series(...back) },
  });

const pathsOf = (files: ChangedFile[]) => findBaseTests(files).map(({ path }) => path);

test.each<[string, ChangedFile[], string[]]>([
  ["a changed one", [code, tests], [tests.path]],
  ["a deleted one", [code, deleted("test/b.test.js")], ["test/b.test.js"]],
  ["an added one beside a changed one", [added("test/b.test.js"), tests], ["test/b.test.js", tests.path]],
  ["none where tests were added alone", [code, added("test/b.test.js"), added("test/fixtures/b.json")], []],
  ["what is run before all tests", [code, added("tests/conftest.py")], ["tests/conftest.py"]],
  ["what stands in for a module", [code, added("__mocks__/fs.js")], ["__mocks__/fs.js"]],
  ["none where code alone changed", [code], []],
  ["none where only its mode is another", [code, { ...tests, after: side("a") }], []],
  [
    "none where it was moved",
    [
      code,
      deleted("test/b.test.js"),
      { ...added("spec/b.test.js"), after: side("a"), from: "test/b.test.js" },
    ],
    [],
  ],
])("of the tests are put back: %s", (_, files, expected) => {
  expect(pathsOf(files)).toEqual(expected);
});

describe("the base's tests over the change", () => {
  test.each<[string, Given, string, RegExp]>([
    ["are not run where none changed", { files: [code] }, "pass", /^no test file of the base was changed$/],
    ["are green", { back: [green] }, "pass", /^the base's own tests are green on the change$/],
    [
      "are red",
      { back: [red, red] },
      "attention",
      /^with the base's own test files the validation is red on the change: exit code 1$/,
    ],
    [
      "are red by name",
      { back: [{ ...red, exit: { ...red.exit, log: log("  ● s › one\n  ● s › two\n") } }] },
      "attention",
      /^with the base's own test files 2 tests are red on the change/,
    ],
    ["are flaky", { back: [red, green] }, "not measured", /flaky \(1\/2\)/],
    ["are not begun in time", { back: [] }, "not measured", /^It was late\.$/],
    ["are cut", { back: [{ ...red, cut: true }] }, "not measured", /proofMinutes/],
    [
      "have no set-up",
      { back: [{ ...red, setup: true }] },
      "not measured",
      /^With the base's tests the set-up failed/,
    ],
    [
      "end as if there were no command",
      { back: [aMeasurement({ exitCode: 127 })] },
      "attention",
      /: exit code 127/,
    ],
    [
      "name a failed test, and count none",
      {
        base: [told(0, 6, 0)],
        back: [{ ...told(0, 6), exit: { ...red.exit, log: log("  ● s › one\n") } }],
      },
      "attention",
      /1 test is red/,
    ],
    [
      "all pass where something else is red",
      { base: [told(0, 6, 0)], back: [told(0, 6), told(0, 6)] },
      "not measured",
      /no test fails, and something else does: exit code 1/,
    ],
    ["do not all run", { base: [told(0, 6, 0)], back: [told(0, 5), told(0, 5)] }, "attention", /is red/],
    [
      "are those of the base where only tests changed",
      { files: [tests], base: [told(1, 5), told(1, 5)], proof: [] },
      "attention",
      /is red on the change: exit code 1; 5 passed, 1 failed/,
    ],
    ["are green where only tests changed", { files: [tests], proof: [] }, "pass", /own tests are green/],
  ])("%s", (_, given, status, line) => {
    expect(checkBaseTests(runsOf(given), [])).toMatchObject({
      name: "base tests",
      status,
      line: expect.stringMatching(line),
    });
  });
});

describe("a red base that is green now", () => {
  const base = [told(2, 4), told(2, 4)];

  test.each<[string, Given, RegExp, string, RegExp]>([
    [
      "with its own tests too",
      { base, back: [green] },
      /^fixed: /,
      "pass",
      /^red on the base and green here/,
    ],
    [
      "only with other tests",
      { base, proof: [told(2, 4)], back: [told(2, 4)] },
      /^not fixed: red on the base, and with the base's own tests on the change too$/,
      "attention",
      /^nothing: with the base's own tests it is as red as the base$/,
    ],
    [
      "only with other tests, and a new one shows the change",
      { base, proof: [told(3, 4)], back: [told(2, 4)] },
      /^not fixed: /,
      "pass",
      /^the tests of the change are red on the base's code/,
    ],
    [
      "with one of two red tests bent",
      { base, proof: [told(2, 4)], back: [told(1, 5)] },
      /^fixed in part: red on the base, and fewer/,
      "pass",
      /^red on the base, and fewer of its own tests are red here$/,
    ],
    [
      "by tests alone",
      { base, files: [tests], proof: [] },
      /^not fixed: red on the base, and changes of tests alone/,
      "attention",
      /^nothing: changes of tests alone/,
    ],
    ["and nobody had time for its tests", { base, proof: [told(2, 4)] }, /^fixed: /, "pass", /^red on/],
  ])("%s", (_, given, baseline, status, shown) => {
    const runs = runsOf(given);

    expect(checkBaseline(runs.validation, runs.baseline, runs.turned)).toMatchObject({
      status: "pass",
      line: expect.stringMatching(baseline),
    });
    expect(checkShown(runs)).toMatchObject({ status, line: expect.stringMatching(shown) });
  });
});

describe("what was expected before and is now", () => {
  const script = (body: string) => `import { test, expect } from "vitest";\n${body}\n`;
  const text = (before: string, after: string, path = tests.path): FileText => ({
    ...{ file: changed(path), before, after },
  });
  const naming = (name: string) => ({ ...red, exit: { ...red.exit, log: log(`  ● ${name}\n`) } });
  const findingsOf = (run: Measurement, ...texts: FileText[]) =>
    checkBaseTests(runsOf({ back: [run, run] }), texts).findings;

  test("is told for a test that its runner names", () => {
    const before = script('test("ten", () => {\n  expect(price(10)).toBe(9);\n});');
    const after = script('\ntest("ten", () => {\n  expect(price(10)).toBe(10);\n});');

    expect(findingsOf(naming("ten"), text(before, after))).toEqual([
      {
        path: tests.path,
        line: 3,
        message: "“ten” expected otherwise: `expect(price(10)).toBe(9);` → `expect(price(10)).toBe(10);`",
      },
    ]);
  });

  test.each<[string, string, string, string]>([
    [
      "the values, where an assertion has several lines",
      'test("ten", () => {\n  expect(\n    price(10),\n  ).toBe(9);\n});',
      'test("ten", () => {\n  expect(\n    price(10),\n  ).toBe(10);\n});',
      "“ten” expected otherwise: `expect(`: `9` → `10`",
    ],
    [
      "lines, where something else is compared",
      'test("ten", () => { expect(price(10)).toBe(9); });',
      'test("ten", () => {\n expect(price(10) > 8).toBeTruthy();\n});',
      '“ten” expected otherwise: `test("ten", () => { expect(price(10)).toBe(9); });` → `expect(price(10) > 8).toBeTruthy();`',
    ],
    [
      "nothing, where it is gone",
      'test("ten", () => { expect(price(10)).toBe(9); });',
      'test("other", () => { expect(price(10)).toBe(10); });',
      "“ten” is gone",
    ],
    [
      "what it is given, where the assertions are the same",
      'const price = real;\ntest("ten", () => { expect(price(10)).toBe(9); });',
      'const price = () => 9;\ntest("ten", () => { expect(price(10)).toBe(9); });',
      "“ten” has the assertions that it had: what they are given was changed",
    ],
  ])("is told as %s", (_, before, after, message) => {
    expect(findingsOf(naming("ten"), text(script(before), script(after)))).toMatchObject([{ message }]);
  });

  test("is told for every test that changed, where no runner names them", () => {
    const before = script(
      'test("a", () => { expect(f(1)).toBe(1); });\ntest("b", () => { expect(g(1)).toBe(1); });',
    );
    const after = script(
      'test("a", () => { expect(f(1)).toBe(2); });\ntest("b", () => { expect(g(1)).toBe(1); });',
    );

    expect(findingsOf(red, text(before, after))).toEqual([
      {
        path: tests.path,
        line: 2,
        message:
          'one of the changed tests: “a” expected otherwise: `test("a", () => { expect(f(1)).toBe(1); });` → `test("a", () => { expect(f(1)).toBe(2); });`',
      },
    ]);
  });

  test("is the file, where nobody reads its tests", () => {
    expect(findingsOf(red, text("a", "b", "test/fixtures/a.json"))).toEqual([
      {
        path: "test/fixtures/a.json",
        message: "it was changed, and no runner says which of its tests is red",
      },
    ]);
  });

  test("is the name alone, where no changed file has it", () => {
    expect(findingsOf(naming("elsewhere"), text("", ""))).toEqual([
      { message: "“elsewhere” is red with the base's test files" },
    ]);
  });

  test("is told of the second of two tests of one name, which hides the first", () => {
    const before = "def test_ten():\n    assert price(10) == 9\n";
    const after = `${before}\ndef test_ten():\n    assert price(11) == 10\n`;
    const failed = { ...red, exit: { ...red.exit, log: log("FAILED test/test_a.py::test_ten - assert\n") } };

    expect(findingsOf(failed, text(before, after, "test/test_a.py"))).toMatchObject([
      { path: "test/test_a.py", line: 4, message: expect.stringContaining("expected otherwise") },
    ]);
  });
});
