import { expect, test } from "@jest/globals";
import type { Trace } from "../../../src/ports/traces.ts";
import { isLinedPath, weighLines } from "../../../src/proof/checks/covered/weigh-lines.ts";

const trace: Trace = {
  ...{ scripts: [], loaded: ["a.go"], mapped: [], whole: true },
  lines: new Map([["a.go", { ran: new Set([3]), code: new Set([3, 4]) }]]),
};

test.each([
  ["lines with code", "a.go", [3, 4, 9], [[3, true] as const, [4, false] as const]],
  ["lines without code", "a.go", [1, 9], []],
  ["a file that nobody saw", "b.go", [5, 2], [[2, undefined] as const]],
  ["a file of which lines were only taken out", "a.go", [], []],
])("%s", (_, path, lines, expected) => {
  const told = weighLines({ path, lines: new Set(lines) }, trace);

  expect(told.map(({ line, ran }) => [line, ran])).toEqual(expected);
});

test.each([
  ["cmd/a.go", true],
  ["cmd/a_test.go", false],
  ["vendor/x/a.go", false],
  ["src/lib.rs", true],
  ["tests/pages.rs", false],
])("whether lines of %s are told: %s", (path, isTold) => {
  expect(isLinedPath(path)).toBe(isTold);
});
