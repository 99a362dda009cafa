import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import type { Exit } from "../../src/domain/evidence/exit.ts";
import { readCounts } from "../../src/proof/counts/read-counts.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const logOf = (name: string) => readFileSync(resolve("test/fixtures/logs", `${name}.txt`), "utf8");

const counts = (text: string, exit: Partial<Exit> = {}, bytes = Buffer.byteLength(text)) =>
  readCounts(aMeasurement({ log: { sha256: "", bytes, head: text, tail: text }, ...exit }).exit);

const table: [string, [number, number, number]][] = [
  ["ava", [2, 1, 2]],
  ["ava-missing2", [2, 0, 0]],
  ["ava-tap", [2, 1, 2]],
  ["bats", [1, 1, 1]],
  ["bats-pretty", [1, 1, 1]],
  ["bun", [1, 1, 2]],
  ["cargo", [3, 1, 1]],
  ["concurrently", [4, 1, 1]],
  ["go-json-one", [1, 1, 1]],
  ["go-v", [1, 1, 1]],
  ["jasmine", [2, 1, 1]],
  ["jest", [2, 1, 1]],
  ["lab", [1, 1, 1]],
  ["lerna-stream", [4, 1, 1]],
  ["mocha-dot", [3, 1, 1]],
  ["node-spec", [2, 2, 1]],
  ["npm-ws", [4, 1, 1]],
  ["pnpm-parallel", [4, 1, 1]],
  ["pnpm-tap", [0, 2, 0]],
  ["pw", [1, 1, 1]],
  ["pytest-q", [1, 2, 1]],
  ["qunit", [1, 1, 2]],
  ["tap", [2, 1, 1]],
  ["tape", [2, 1, 0]],
  ["turbo", [4, 1, 1]],
  ["unittest", [1, 4, 1]],
  ["uvu", [3, 1, 1]],
  ["uvu-two", [5, 1, 1]],
  ["vitest", [2, 1, 1]],
  ["vitest-tapflat", [2, 2, 1]],
];

test.each(table)("the real log %s, as it is and with CRLF", (name, [passed, failed, skipped]) => {
  const text = logOf(name);

  expect(counts(text)).toMatchObject({ passed, failed, skipped, whole: true });
  expect(counts(text.replaceAll("\n", "\r\n"))).toMatchObject({ passed, failed, skipped, whole: true });
});

test.each(["go", "mocha-missing", "notfound", "pw-missing"])("the real log %s tells of no test", (name) => {
  expect(counts(logOf(name))).toBeUndefined();
});

/** Each is of a runner that must be whole to be counted, or ends with its summary. */
test.each(table.filter(([name]) => name !== "tap" && name !== "ava-missing2"))(
  "of the real log %s without its end no test too many is told",
  (name, [passed, failed, skipped]) => {
    const text = logOf(name);
    for (const part of [0.25, 0.5, 0.75]) {
      const found = counts(text.slice(0, text.length * part), { endedBy: "time", exitCode: null });
      expect(found?.whole ?? false).toBe(false);
      expect(found?.passed ?? 0).toBeLessThanOrEqual(passed);
      expect(found?.failed ?? 0).toBeLessThanOrEqual(failed);
      expect(found?.skipped ?? 0).toBeLessThanOrEqual(skipped);
    }
  },
);

test("several runners in one command are summed, each by its name", () => {
  const text = ["jest", "pw", "uvu", "unittest", "bun", "pytest-q"].map(logOf).join("\n");

  expect(counts(text)).toMatchObject({
    ...{ passed: 9, failed: 10, skipped: 7, whole: true },
    source: { names: ["jest", "pytest", "playwright", "unittest", "uvu", "bun"] },
  });
});

test("gotestsum's sum is not told a second time by the lines of go", () => {
  const text = `${logOf("go-v")}\nDONE 4 tests, 1 skipped, 1 failure in 0.1s\n`;

  expect(counts(text)).toMatchObject({ source: { names: ["gotestsum"] } });
});

test.each([
  ["pest", "  Tests:    1 failed, 1 todos, 2 passed (3 assertions)\n  Duration: 0.1s\n", [2, 1, 1]],
  ["dotnet 9", "Test summary: total: 4, failed: 1, succeeded: 2, skipped: 1, duration: 1.2s\n", [2, 1, 1]],
  ["ExUnit", "1 doctest, 4 tests, 1 failure, 1 excluded, 1 skipped\n", [2, 1, 2]],
  [
    "test-unit",
    "4 tests, 5 assertions, 1 failures, 1 errors, 1 pendings, 0 omissions, 0 notifications\n",
    [1, 2, 1],
  ],
  [
    "gtest",
    "[  PASSED  ] 2 tests.\n[  SKIPPED ] 1 test, listed below:\n[  SKIPPED ] A.b\n[  FAILED  ] 1 test, listed below:\n[  FAILED  ] A.c\n",
    [2, 1, 1],
  ],
  [
    "automake",
    "# TOTAL: 6\n# PASS:  1\n# SKIP:  1\n# XFAIL: 1\n# FAIL:  1\n# XPASS: 1\n# ERROR: 1\n",
    [1, 3, 2],
  ],
  ["sbt", "[error] Failed: Total 3, Failed 1, Errors 0, Passed 2\n", [2, 1, 0]],
  ["dart", "00:01 +2 ~1 -1: Some tests failed.\n", [2, 1, 1]],
])("%s, after its documentation", (_, text, [passed, failed, skipped]) => {
  expect(counts(text)).toMatchObject({ passed, failed, skipped, whole: true });
});

test("a prefix that stands before one line alone is no program's", () => {
  expect(counts("warn:   999 passing\n")).toBeUndefined();
});
