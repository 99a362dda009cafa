import { describe, expect, test } from "@jest/globals";
import type { ChangedFile } from "../../src/domain/evidence/change.ts";
import type { Measurement } from "../../src/domain/evidence/evidence.ts";
import type { TestCounts } from "../../src/domain/evidence/test-counts.ts";
import { checkBaseline } from "../../src/proof/checks/runs/check-baseline.ts";
import { checkFlaky } from "../../src/proof/checks/runs/check-flaky.ts";
import { checkProofOfTest, findTests } from "../../src/proof/checks/runs/check-proof-of-test.ts";
import { checkValidation } from "../../src/proof/checks/runs/check-validation.ts";
import type { Series } from "../../src/proof/run/outcome-of.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const jest: TestCounts["source"] = { kind: "log", names: ["jest"] };
const counts: TestCounts = { passed: 412, failed: 0, skipped: 1, whole: true, source: jest };
const reported: TestCounts = { ...counts, source: { kind: "JUnit", names: ["junit.xml"], files: 1 } };
const green = aMeasurement({});
const red = aMeasurement({ exitCode: 1 });
const unspawned = aMeasurement({ exitCode: null, endedBy: "spawn" });
const cancelled = aMeasurement({ endedBy: "cancel", exitCode: 0 });
const killed = aMeasurement({ exitCode: null, signal: "SIGSEGV" });
const endless = aMeasurement({
  ...{ exitCode: null, signal: "SIGKILL", endedBy: "time" },
  durationMs: 1_800_000,
});
/** What set-up came to on a tree whose lockfile it refused. */
const unset: Measurement = { ...red, setup: true };
const cut: Measurement = { ...endless, cut: true };
const tooLate = "The proof's time was over.";

const series = (...runs: Measurement[]): Series => ({ runs, why: runs.length > 0 ? "" : tooLate });

test.each<[string, Measurement[], string, string | RegExp]>([
  ["green", [green], "pass", "exit code 0"],
  [
    "not run, for the set-up failed",
    [unset, unset],
    ...(["fail", "the set-up failed (exit code 1), so the command was not run"] as const),
  ],
  ["green with counts", [{ ...green, counts }], "pass", "exit code 0; 412 passed, 1 skipped (log: jest)"],
  ["green of no test", [{ ...green, counts: { ...counts, passed: 0 } }], "attention", /not one test ran$/],
  ["red twice", [red, red], "fail", "exit code 1"],
  ["red, and had no time for more", [red], "fail", "exit code 1"],
  ["red, then cancelled", [red, cancelled], "fail", "exit code 1"],
  ["red, then green", [red, green], "attention", "flaky (1/2): exit code 1, then exit code 0"],
  ["killed", [killed, killed], "fail", "killed by SIGSEGV"],
  ["endless", [endless], "fail", "stopped after 1800 s without an end"],
  ["cut by the proof's end", [cut], "not measured", /limits\.proofMinutes/],
  ["not spawned", [unspawned], "not measured", "The validation command could not be started."],
  ["cancelled", [cancelled], "not measured", "The run was cancelled."],
  ["too late", [], "not measured", tooLate],
])("a validation that was %s", (_, runs, status, line) => {
  expect(checkValidation(series(...runs), series())).toMatchObject({
    status,
    line: typeof line === "string" ? line : expect.stringMatching(line),
  });
});

const both = { ...green, counts, reported };
const apart = { ...green, counts, reported: { ...reported, passed: 3 } };
const partly = { ...green, counts, reported: { ...reported, passed: 3, whole: false } };
const older = { ...green, counts: { passed: 1, failed: 1, skipped: 0, whole: true } };

test.each<[string, Measurement, Measurement[], string, string]>([
  ["log and reports agree", both, [], "pass", "412 passed, 1 skipped (log: jest; JUnit: junit.xml)"],
  [
    "they agree as far as the log was read",
    { ...green, counts: { ...counts, whole: false }, reported },
    [],
    "pass",
    "412 passed, 1 skipped (log: jest; JUnit: junit.xml)",
  ],
  ["only reports count", { ...green, reported }, [], "pass", "412 passed, 1 skipped (JUnit: junit.xml)"],
  [
    "they leave out what was skipped",
    { ...green, counts, reported: { ...reported, skipped: 0 } },
    [both],
    "pass",
    "412 passed, 1 skipped (log: jest; JUnit: junit.xml)",
  ],
  [
    "they take what is to do for passed",
    { ...green, counts, reported: { ...reported, passed: 413, skipped: 0 } },
    [both],
    "pass",
    "412 passed, 1 skipped (log: jest; JUnit: junit.xml)",
  ],
  [
    "they differ, and did not before",
    apart,
    [both],
    "attention",
    "412 passed, 1 skipped (log: jest), but 3 passed, 1 skipped (JUnit: junit.xml): log and reports differ, which they did not on the base",
  ],
  [
    "they differ as they did before",
    apart,
    [apart],
    "pass",
    "412 passed, 1 skipped (log: jest), but 3 passed, 1 skipped (JUnit: junit.xml); they differ on the base too",
  ],
  [
    "they differ, and nobody knows of before",
    apart,
    [green],
    "pass",
    "412 passed, 1 skipped (log: jest), but 3 passed, 1 skipped (JUnit: junit.xml)",
  ],
  [
    "a part of them was read",
    partly,
    [both],
    "pass",
    "412 passed, 1 skipped (log: jest); 3 passed, 1 skipped in what was read (JUnit: junit.xml)",
  ],
  [
    "the log tells of failures",
    { ...green, counts: { ...counts, failed: 2 } },
    [],
    "attention",
    "412 passed, 2 failed, 1 skipped (log: jest): the command ended well although tests failed",
  ],
  [
    "only the reports tell of failures",
    { ...green, counts, reported: { ...reported, failed: 2 } },
    [],
    "attention",
    "412 passed, 1 skipped (log: jest), but 412 passed, 2 failed, 1 skipped (JUnit: junit.xml): the command ended well although tests failed",
  ],
  [
    "the reports are empty",
    { ...green, reported: { ...reported, passed: 0 } },
    [],
    "attention",
    "0 passed, 1 skipped (JUnit: junit.xml): not one test ran",
  ],
  ["an earlier version told of failures", older, [], "pass", "1 passed, 1 failed (log)"],
])("a green validation where %s", (_, run, before, status, line) => {
  expect(checkValidation(series(run), series(...before))).toMatchObject({
    status,
    line: `exit code 0; ${line}`,
  });
});

test("no counts make a red result anything else", () => {
  const run = { ...red, counts, reported };

  expect(checkValidation(series(run, run), series(both)).status).toBe("fail");
});

test.each<[string, Measurement[], Measurement[], string, RegExp]>([
  ["red, then green", [red, red], [green], "pass", /^fixed: red on the base, green on the change$/],
  ["green, then green", [green], [green], "pass", /^still green/],
  ["red, then red", [red, red], [red, red], "attention", /^still red/],
  ["green, then red", [green], [red, red], "fail", /^regressed/],
  [
    "green, then without set-up",
    [green],
    [unset, unset],
    "fail",
    /^regressed: the set-up .* green, and fails/,
  ],
  [
    "red, then without set-up",
    [red, red],
    [unset, unset],
    "fail",
    /^regressed: the set-up .* red, and fails/,
  ],
  ["flaky, then green", [red, green], [green], "attention", /flaky on the base, green on the change/],
  ["green, then flaky", [green], [red, green], "attention", /green on the base, flaky on the change/],
  ["unmeasured before", [unspawned], [green], "not measured", /could not be started/],
  ["too late before", [], [green], "not measured", /time was over/],
  ["unmeasured after", [green], [unspawned], "not measured", /nothing to compare/],
  [
    "green of more tests",
    [{ ...green, counts }],
    [{ ...green, counts: { ...counts, passed: 400 } }],
    "attention",
    /^still green.*; fewer tests ran: 400, on the base 412$/,
  ],
  [
    "red of more tests",
    [1, 2].map(() => ({ ...red, counts: { ...counts, failed: 2 } })),
    [{ ...green, counts }],
    "attention",
    /^fixed.*; fewer tests ran: 412, on the base 414$/,
  ],
  [
    "red of fewer failures",
    [1, 2].map(() => ({ ...red, counts: { ...counts, failed: 2 } })),
    [1, 2].map(() => ({ ...red, counts: { ...counts, failed: 3 } })),
    "attention",
    /^still red.*; 1 new test is likely red: 412 pass, on the base 412$/,
  ],
  [
    "red of fewer failures and more passes",
    [1, 2].map(() => ({ ...red, counts: { ...counts, failed: 2 } })),
    [1, 2].map(() => ({ ...red, counts: { ...counts, passed: 411, failed: 3 } })),
    "attention",
    /^still red.*; more tests fail: 3, on the base 2$/,
  ],
  [
    "green, before two tests that fail were added",
    [{ ...green, counts }],
    [1, 2].map(() => ({ ...red, counts: { ...counts, failed: 2 } })),
    "fail",
    /^green on the base, red on the change; 2 new tests are likely red: 412 pass, on the base 412$/,
  ],
  [
    "green, before as many tests failed as passed no more",
    [{ ...green, counts }],
    [1, 2].map(() => ({ ...red, counts: { ...counts, passed: 410, failed: 2 } })),
    "fail",
    /^regressed: green on the base, red on the change; more tests fail: 2, on the base 0$/,
  ],
  [
    "green of tests that the log does not tell of any more",
    [{ ...green, counts }],
    [green],
    "attention",
    /^still green.*; nothing tells of any test, on the base of 412$/,
  ],
  ["green of as many tests", [{ ...green, counts }], [{ ...green, counts }], "pass", /^still green[^;]*$/],
  [
    "green of more tests in what was read",
    [{ ...green, counts }],
    [{ ...green, counts: { ...counts, passed: 400, whole: false } }],
    "pass",
    /^still green[^;]*$/,
  ],
  [
    "measured for an earlier task",
    [{ ...green, earlier: { task: "task-1-2-1", at: "2026-11-20T10:00:00.000Z" } }],
    [green],
    "pass",
    /^still green.* \(the base was measured earlier, on 2026-11-20\)$/,
  ],
])("a baseline that was %s", (_, before, after, status, line) => {
  expect(checkBaseline(series(...after), series(...before))).toMatchObject({
    status,
    line: expect.stringMatching(line),
  });
});

test.each<[string, Measurement[], Measurement[], string, RegExp]>([
  ["green and red twice", [green], [red, red], "pass", /^red twice on the base$/],
  ["red twice on both", [red, red], [red, red], "pass", /on the change and on the base$/],
  ["green on both", [green], [green], "not measured", /Only a red result/],
  ["red, then green", [red, green], [green], "attention", /^flaky \(1\/2\): .* \(on the change\)$/],
  ["flaky on the base", [green], [killed, green], "attention", /killed by SIGSEGV.* \(on the base\)$/],
  ["flaky on both", [red, green], [red, green], "attention", /on the change\); flaky.*on the base\)$/],
  ["red once", [red], [green], "not measured", /no time for a second run \(on the change\)$/],
  ["red, then cancelled", [red, cancelled], [green], "not measured", /cancelled/],
  ["unmeasured", [], [cut], "not measured", /Only a red result/],
])("the stability of what was %s", (_, change, base, status, line) => {
  expect(checkFlaky(series(...change), series(...base))).toMatchObject({
    status,
    line: expect.stringMatching(line),
  });
});

describe("the proof of test", () => {
  const side = { mode: "100644", id: "a".repeat(40), bytes: 1 };
  const added = (path: string) => ({ path, before: null, after: side });
  const deleted = (path: string) => ({ path, before: side, after: null });

  const both = [added("src/a.js"), added("a.test.js"), deleted("b.test.js")];
  const counted = { ...red, counts: { passed: 1, failed: 2, skipped: 0, whole: true } };
  const paths = ["a.test.js", "b.test.js"];
  test.each<[string, ChangedFile[], Measurement[], Measurement[], { why: RegExp } | { paths: string[] }]>([
    ["code alone", [added("src/a.js")], [green], [green], { why: /No test was added/ }],
    ["a test deleted", [added("src/a.js"), deleted("a.test.js")], [green], [green], { why: /No test was/ }],
    ["tests alone", [added("a.test.js")], [green], [green], { why: /nothing to revert/ }],
    ["both, red", both, [red, red], [green], { why: /not green/ }],
    ["both, flaky", both, [red, green], [green], { why: /not green/ }],
    ["both, on a base that was not measured", both, [green], [], { why: /base was not measured/ }],
    ["both, on a flaky base", both, [green], [red, green], { why: /base is flaky/ }],
    ["both, on a red base without counts", both, [green], [red, red], { why: /prove nothing/ }],
    ["both, on a red base with counts", both, [green], [counted, counted], { paths }],
    ["both, on a green base", both, [green], [green], { paths }],
  ])("of a change of %s", (_, files, validation, baseline, expected) => {
    const found = findTests(files, { validation: series(...validation), baseline: series(...baseline) });
    expect(found).toEqual("why" in expected ? { why: expect.stringMatching(expected.why) } : expected);
  });

  test.each([
    ["more red", { passed: 1, failed: 3 }, "pass", /^1 more red without the rest of the change: /],
    [
      "more red and green",
      { passed: 3, failed: 3 },
      "pass",
      /^1 more red .*; 2 added tests are guards, green on/,
    ],
    [
      "more green",
      { passed: 2, failed: 2 },
      "pass",
      /^red without .*: 2 tests that .*; 1 added test is a guard/,
    ],
    ["less red", { passed: 2, failed: 1 }, "attention", /^tests that were red on the base pass without/],
    ["the same", { passed: 1, failed: 2 }, "not measured", /nothing tells the new tests apart/],
  ])("on a red base that is then %s", (_, now, status, line) => {
    const run = { ...red, counts: { ...now, skipped: 0, whole: true } };
    expect(checkProofOfTest(series(run), series(counted, counted))).toMatchObject({
      status,
      line: expect.stringMatching(line),
    });
  });

  const inLog = (passed: number, failed: number, names = ["jest"]): TestCounts => ({
    ...{ passed, failed, skipped: 0, whole: true },
    source: { kind: "log", names },
  });
  const inFiles = (passed: number, failed: number, names: string[], files = names.length): TestCounts => ({
    ...{ passed, failed, skipped: 0, whole: true },
    source: { kind: "JUnit", names, files },
  });
  test.each<[string, Partial<Measurement>, Partial<Measurement>, string]>([
    ["the log says more is red", { counts: inLog(1, 2) }, { counts: inLog(1, 3) }, "pass"],
    ["another runner says it", { counts: inLog(1, 2) }, { counts: inLog(1, 3, ["mocha"]) }, "not measured"],
    [
      "the reports say it",
      { reported: inFiles(1, 2, ["a/junit.xml"]) },
      { reported: inFiles(1, 3, ["a/junit.xml"]) },
      "pass",
    ],
    [
      "there is one more report beside",
      { reported: inFiles(1, 2, ["a/TEST-a.xml"]) },
      { reported: inFiles(1, 3, ["a"], 2) },
      "pass",
    ],
    [
      "reports of another folder say it",
      { reported: inFiles(1, 2, ["a/junit.xml"]) },
      { reported: inFiles(1, 3, ["b/junit.xml"]) },
      "not measured",
    ],
    [
      "not all reports were read",
      { reported: inFiles(1, 2, ["a/junit.xml"]) },
      { reported: { ...inFiles(1, 3, ["a/junit.xml"]), whole: false } },
      "not measured",
    ],
    [
      "the log said it before, the reports say it now",
      { counts: inLog(1, 2) },
      { reported: inFiles(1, 3, ["a/junit.xml"]) },
      "not measured",
    ],
    [
      "log and reports say the contrary",
      { counts: inLog(1, 2), reported: inFiles(1, 2, ["junit.xml"]) },
      { counts: inLog(1, 3), reported: inFiles(2, 2, ["junit.xml"]) },
      "not measured",
    ],
    [
      "an earlier version measured the base",
      { counts: { passed: 1, failed: 2, skipped: 0, whole: true } },
      { counts: inLog(1, 3) },
      "not measured",
    ],
  ])("on a red base where %s", (_, before, now, status) => {
    const base = { ...red, ...before };
    expect(checkProofOfTest(series({ ...red, ...now }), series(base, base)).status).toBe(status);
  });

  test.each<[string, Measurement[], string, RegExp]>([
    [
      "red",
      [{ ...red, counts: { ...counts, failed: 3 } }],
      "pass",
      /^red without .*: exit code 1; .*3 failed/,
    ],
    ["green", [green], "attention", /^the tests pass without the rest of the change/],
    ["not run, for the set-up failed", [unset], "not measured", /the set-up failed.*was not run/],
    ["not found", [aMeasurement({ exitCode: 127 })], "not measured", /cannot be run.*exit code 127/],
    ["cut", [cut], "not measured", /proofMinutes/],
    ["too late", [], "not measured", /time was over/],
  ])("that was %s", (_, runs, status, line) => {
    expect(checkProofOfTest(series(...runs), series(green))).toMatchObject({
      status,
      line: expect.stringMatching(line),
    });
  });
});
