import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { failedTests } from "../../src/proof/explain/failed-tests.ts";
import { aMeasurement } from "../fixtures/evidence.ts";
import { cpuSeconds } from "../support/cpu-seconds.ts";

const logs = resolve(import.meta.dirname, "../../../test/fixtures/logs");
const told = (tail: string) =>
  failedTests(aMeasurement({ exitCode: 1, log: { sha256: "", bytes: tail.length, head: tail, tail } }));

test.each<[string, string[]]>([
  ["node-spec.txt", ["three"]],
  ["jest.txt", ["three"]],
  ["vitest.txt", ["three"]],
  ["vitest-tapflat.txt", ["three"]],
  ["ava-tap.txt", ["three"]],
  ["pytest-q.txt", ["test_err", "test_two"]],
  ["unittest.txt", ["test_two"]],
  ["go-v.txt", ["TestB"]],
  ["cargo.txt", ["two"]],
  ["bun.txt", ["two"]],
  ["lab.txt", []],
])("the log %s names the tests that failed", (name, expected) => {
  const names = told(readFileSync(resolve(logs, name), "utf8")).map((one) => one.name);

  expect(names).toEqual(expect.arrayContaining(expected));
});

test.each<[string, string, { name: string; path?: string }[]]>([
  [
    "TAP of node",
    "not ok 2 - a # TODO\nnot ok 3 - ten: pieces \\# 1\n  ---\n  failureType: 'testCodeFailure'\n  ...",
    [{ name: "ten: pieces # 1" }],
  ],
  [
    "TAP of a suite of node",
    [
      "    not ok 1 - inner",
      "      ---",
      "      location: '/tmp/x/test/a.test.js:1:2'",
      "      failureType: 'testCodeFailure'",
      "      ...",
      "not ok 1 - outer",
      "  ---",
      "  failureType: 'subtestsFailed'",
      "  ...",
    ].join("\n"),
    [{ name: "inner" }],
  ],
  [
    "pytest, with a parameter",
    "FAILED tests/test_a.py::T::test_x[a b] - assert 1 == 2",
    [{ name: "test_x", path: "tests/test_a.py" }],
  ],
  ["mocha", "  s\n    1) is three\n\n  1 failing\n\n  1) s\n       is three:\n", [{ name: "is three" }]],
  ["rspec", "rspec ./spec/a_spec.rb:3 # A adds", [{ name: "A adds", path: "spec/a_spec.rb" }]],
  ["phpunit", "1) App\\ATest::testOne\nFailed", [{ name: "testOne" }]],
  ["the same twice", "  ● s › three\n\n  ● s › three\n", [{ name: "three" }]],
  ["a file that was not loaded", "  ● Test suite failed to run\n", []],
])("%s", (_, log, expected) => {
  expect(told(log)).toEqual(expected);
});

test("hostile text is read in a time that grows with its length alone", () => {
  const pieces = [
    "not ok 1 - # ",
    " › ",
    "  ● ",
    "\\",
    "FAIL a > ",
    "    1) ",
    "\n",
    "x".repeat(400),
    "::",
    " ",
  ];

  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { minLength: 1, maxLength: 6 }), (parts) => {
      const text = parts.join("");
      told(text.repeat(Math.ceil(65_536 / text.length)));
    }),
    { numRuns: 50 },
  );
});

test("of a green run no test failed", () => {
  expect(
    failedTests(aMeasurement({ log: { ...aMeasurement().exit.log, tail: "--- FAIL: TestA (0s)" } })),
  ).toEqual([]);
});

test("a log of many failed points, each with a long account, is read in the time that its length allows", () => {
  const account = Array.from({ length: 13 }, (_, line) => `        a line of the account ${line}`).join("\n");
  const point = (at: number) => `not ok ${at} - test ${at}\n  ---\n${account}\n  ...\n`;
  const before = cpuSeconds();

  const found = told(Array.from({ length: 80 }, (_, at) => point(at + 1)).join(""));

  expect(found).toHaveLength(80);
  expect(cpuSeconds() - before).toBeLessThan(2);
});
