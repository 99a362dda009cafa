import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { readTap } from "../../src/proof/counts/read-tap.ts";

const reports = resolve(import.meta.dirname, "../../../test/fixtures/reports");
const counted = (text: string) => {
  const tally = readTap(text);
  return tally && Object.values(tally);
};

test.each([
  ["node", [3, 1, 2]],
  ["tape", [2, 1, 1]],
  ["ava", [2, 1, 2]],
  ["mocha", [2, 1, 2]],
])("what %s wrote", (runner, expected) => {
  expect(counted(readFileSync(`${reports}/${runner}.tap`, "utf8"))).toEqual(expected);
});

test.each<[string, string, number[]]>([
  ["version 12: no version, the plan first", "1..2\nok\nnot ok 2 - b\n", [1, 1, 0]],
  ["version 13: the plan last", "TAP version 13\nok 1\nok 2\n1..2\n", [2, 0, 0]],
  [
    "among other lines",
    "> test\n> node a.js\n\nTAP version 13\nok 1 - a\n# a remark\nhello\n1..1\n",
    [1, 0, 0],
  ],
  ["lines of Windows", "1..2\r\nok 1 - a\r\nok 2 - b # SKIP\r\n", [1, 0, 1]],
  [
    "to do and skipped, in any case",
    "1..4\nok 1 # Skipped: x\nnot ok 2 # todo y\nok 3 # TODO\nok 4 - a \\# skip\n",
    [1, 0, 3],
  ],
  ["a file that is skipped as a whole", "1..0 # SKIP no database\n", [0, 0, 0]],
  [
    "version 14 with subtests: the innermost count",
    "TAP version 14\n1..2\n    1..2\n    ok 1 - a\n    not ok 2 - b\nnot ok 1 - outer\n# Subtest: two\n        ok 1 - deep\n        1..1\n    ok 1 - inner\n    1..1\nok 2 - two\n",
    [2, 1, 0],
  ],
  ["a subtest whose end alone failed", "    ok 1 - a\n    1..1\nnot ok 1 - hook\n1..1\n", [1, 1, 0]],
  [
    "a subtest that is to do",
    "    not ok 1 - a\n    ok 2 - b\n    1..2\nnot ok 1 - outer # TODO\n1..1\n",
    [1, 0, 1],
  ],
  ["a subtest that is skipped", "    1..0 # SKIP\nok 1 - outer # SKIP\n1..1\n", [0, 0, 1]],
  ["lies in YAML", "1..1\nok 1 - a\n  ---\n  ok 2\n  not ok 3\n  Bail out!\n  1..9\n  ...\n", [1, 0, 0]],
  ["one stream after the other", "TAP version 13\n1..1\nok 1\nTAP version 13\n1..1\nnot ok 1\n", [1, 1, 0]],
  ["a line of a megabyte between", `1..1\n${"x".repeat(1_000_000)}\nok 1\n`, [1, 0, 0]],
])("%s", (_, text, expected) => {
  expect(counted(text)).toEqual(expected);
});

test.each([
  ["no line of it", "all is well\n"],
  ["a plan that is missing", "TAP version 13\nok 1\nok 2\n"],
  ["a plan that promises more", "1..3\nok 1\nok 2\n"],
  ["a plan that promises less", "1..1\nok 1\nok 2\n"],
  ["two plans", "1..1\nok 1\n1..1\n"],
  ["who bails out", "1..2\nok 1\nBail out! No database.\n"],
  ["who bails out inside", "1..1\n    ok 1\n    Bail out!\nnot ok 1\n"],
  ["a subtest without a plan", "    ok 1 - a\nok 1 - outer\n1..1\n"],
  ["a subtest that is not closed", "1..1\nok 1 - a\n    1..1\n    ok 1 - b\n"],
  ["a stream that broke off before the next", "TAP version 13\n1..2\nok 1\nTAP version 13\n1..1\nok 1\n"],
  ["YAML without an end", "1..2\nok 1\n  ---\n  a: 1\nok 2\n"],
])("%s: not measured", (_, text) => {
  expect(readTap(text)).toBeUndefined();
});

test("a hostile text of 8 MiB is read once", () => {
  const deep = Array.from({ length: 2_000 }, (_, at) => `${" ".repeat(4 * (at % 250))}ok`).join("\n");

  expect(readTap(deep)).toBeUndefined();
  expect(readTap("ok\n".repeat(2_700_000))).toBeUndefined();
});
