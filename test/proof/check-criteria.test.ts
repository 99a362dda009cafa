import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkCriteria } from "../../src/proof/checks/criteria/check-criteria.ts";
import { matchCriterion } from "../../src/proof/checks/criteria/match-criterion.ts";
import { readClaims } from "../../src/proof/checks/criteria/read-claims.ts";
import { turnedTests } from "../../src/proof/checks/criteria/turned-tests.ts";
import { readRuns } from "../../src/proof/checks/runs/read-runs.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const files = new Map([
  ["test/a.test.ts", { text: 'test("digits stay", () => {});\ntest("it\'s done", f);', changed: true }],
  ["tests/test_b.py", { text: "def test_blank_names():\n  pass\n", changed: false }],
  ["src/a.ts", { text: "export const a = 1;", changed: true }],
]);

/** What is said of AC-1 after an agent's last words. */
function said(summary: string): string {
  const criteria = [{ id: "AC-1", text: "x" }];
  return checkCriteria({ criteria, claims: readClaims(summary), files }).findings[0]?.message ?? "";
}

describe("evidence for a criterion", () => {
  test.each([
    'AC-1: test/a.test.ts "digits stay"',
    "- **AC-1**: `test/a.test.ts`, test `digits stay`.",
    "AC-1 → ./test/a.test.ts:12 (“digits stay”)",
    "ac-1: test/a.test.ts#L3-L9 'digits stay'",
    'Summary.\n\nAC-1\n  file: test/a.test.ts\n  test: "digits stay"\nAC-2: nothing',
    "AC-1: see `src/a.ts` and `test/a.test.ts`: `other` and `digits stay`",
    'AC-1: done.\nAC-2: none\nAC-1: test/a.test.ts "digits stay"',
    'AC-1: test/a.test.ts "it\'s done"',
  ])("in the change: %j", (summary) => {
    expect(said(summary)).toMatch(/^AC-1: the named test ".*" exists in the change$/);
  });

  test.each([
    "AC-1: tests/test_b.py::test_blank_names",
    "AC-1: `tests/test_b.py::TestX::test_blank_names`",
    "AC-1: tests/test_b.py `test_blank_names`",
  ])("in the suite: %j", (summary) => {
    expect(said(summary)).toBe('AC-1: the named test "test_blank_names" exists, unchanged');
  });

  test.each([
    ["", "the agent named no file"],
    ["All criteria are met, I promise.", "the agent named no file"],
    ["AC-1: done and tested", "the agent named no file"],
    ['AC-10: test/a.test.ts "digits stay"', "the agent named no file"],
    ['AC-1: test/none.test.ts "digits stay"', 'there is no "test/none.test.ts"'],
    ["AC-1: ../../etc/passwd", "the agent named no file"],
    ['AC-1: /etc/passwd "root"', 'there is no "/etc/passwd"'],
    ["AC-1: test/a.test.ts", 'the agent named "test/a.test.ts" and no test in it'],
    ['AC-1: test/a.test.ts "all good"', 'none of the named tests is in "test/a.test.ts"'],
    ['AC-1: test/a.test.ts "digits"', 'the named test "digits" exists in the change'],
    ['AC-1: test/a.test.ts "digit"', 'none of the named tests is in "test/a.test.ts"'],
    ['AC-1: test/a.test.ts "test"', 'the agent named "test/a.test.ts" and no test in it'],
    ["AC-1: tests/test_b.py::test_blank", 'none of the named tests is in "tests/test_b.py"'],
    ['AC-1: https://example.test/a.ts "digits stay"', "the agent named no file"],
  ])("%j: %s", (summary, message) => {
    expect(said(summary)).toContain(message);
  });

  test("never changes the verdict, and is not measured where nothing was named", () => {
    const criteria = [
      { id: "AC-1", text: "x" },
      { id: "AC-2", text: "y" },
    ];
    const claims = readClaims('AC-2: test/a.test.ts "digits stay"');

    expect(checkCriteria({ criteria, claims, files })).toMatchObject({
      status: "not measured",
      line: "a measured test for 0 of 2, evidence for 1; whether it suffices is for the reviewer",
    });
    expect(checkCriteria({ criteria, claims: new Map(), files }).status).toBe("not measured");
    expect(checkCriteria({ criteria: criteria.slice(1), claims, files }).status).toBe("pass");
  });
});

describe("a criterion is shown by a test that fails on the base and passes here", () => {
  const tests = [
    "digits stay",
    "no hyphen is left at either end",
    "rejects_an_expired_token",
    "keepsTrailingZeros",
    "works",
    "adds the tax of Spain to a total",
    "adds the tax of Italy to a total",
  ].map((name) => ({ name }));

  test.each([
    ["Digits stay in the slug", "digits stay"],
    ["No hyphen is left at either end", "no hyphen is left at either end"],
    ["An expired token is rejected", "rejects_an_expired_token"],
    ["Trailing zeros are kept: `keepsTrailingZeros`", "keepsTrailingZeros"],
    ["The total adds the tax of Italy", "adds the tax of Italy to a total"],
    ["A total adds its tax", undefined],
    ["It works on Windows", undefined],
    ["The guide says so", undefined],
    ["Hyphens are joined", undefined],
    ["", undefined],
  ])("%j: %j", (text, name) => {
    expect(matchCriterion(text, tests)?.name).toBe(name);
  });

  test("whatever the agent said of it; else the test that it named, and else what it named", () => {
    const turned = [{ name: "digits stay" }, { name: "it's done", path: "test/a.test.ts" }];
    const criteria = [
      { id: "AC-1", text: "Digits stay in the slug" },
      { id: "AC-2", text: "Nothing else is touched" },
      { id: "AC-3", text: "The guide says so" },
    ];
    const claims = readClaims(
      'AC-1: src/a.ts. AC-2: test/a.test.ts "it\'s done". AC-3: test/a.test.ts "digits stay");',
    );

    const { findings, line } = checkCriteria({ criteria: criteria.slice(0, 2), turned, claims, files });
    expect(findings).toEqual([
      {
        ...{ criterion: "AC-1", measured: true },
        message: 'AC-1: the test "digits stay" fails on the base\'s code and passes here',
      },
      {
        ...{ criterion: "AC-2", measured: true, path: "test/a.test.ts" },
        message: "AC-2: the test \"it's done\" fails on the base's code and passes here; the agent named it",
      },
    ]);
    expect(line).toMatch(/^a measured test for 2 of 2/);
    expect(checkCriteria({ criteria: criteria.slice(2), claims, files }).findings[0]?.message).toBe(
      'AC-3: the named test "digits stay" exists in the change',
    );
  });

  test("takes names out of the logs: of the change's tests, and of a red base that code mended", () => {
    const run = (exitCode: number, tail: string) => ({
      runs: [aMeasurement({ exitCode, log: { sha256: "", bytes: 1, head: tail, tail } })],
      why: "",
    });
    const none = { runs: [], why: "" };
    const path = (name: string) => ({ path: name, before: null, after: null });
    const files = [path("src/a.ts"), path("test/a.test.ts")];
    const proof = run(1, "not ok 1 - new\nok 2 - old\n");
    const red = run(1, "not ok 1 - old\n");
    const sides = { files, validation: run(0, ""), proof, baseTests: none };

    expect(turnedTests(readRuns({ ...sides, baseline: run(0, "") }))).toEqual([{ name: "new" }]);
    expect(turnedTests(readRuns({ ...sides, baseline: red }))).toEqual([{ name: "new" }, { name: "old" }]);
    expect(turnedTests(readRuns({ ...sides, validation: run(1, ""), baseline: red }))).toEqual([]);
    expect(turnedTests(readRuns({ ...sides, proof: none, baseline: run(0, "") }))).toEqual([]);
  });
});

describe("an agent's last words", () => {
  test("of any kind are read without throwing, into a bounded number of names", () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom("AC-1", "AC-2 ", "`", '"', "‘", "a/b.ts", "::", "x y", "\n", ".", ":1")),
        (parts) => {
          const claims = [...readClaims(parts.join("")).values()];

          expect(claims.every((claim) => claim.files.length <= 8 && claim.titles.length <= 16)).toBe(true);
        },
      ),
    );
  });

  test.each(["‘", '"', "`", ".", ":", "a/", "AC-1 ", "a.b ", "x::", "[", "#L1"])(
    "that repeat %j for a megabyte end",
    (part) => {
      const summary = `AC-1 ${part.repeat(1_000_000 / part.length)}`;

      expect(readClaims(summary).size).toBeLessThanOrEqual(1);
    },
  );
});
