import { expect, test } from "@jest/globals";
import { describeCounts } from "../../src/domain/evidence/test-counts.ts";
import { readCounts } from "../../src/proof/counts/read-counts.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const counts = (text: string, bytes = Buffer.byteLength(text)) =>
  readCounts(aMeasurement({ log: { sha256: "", bytes, head: text, tail: text } }).exit);

test.each([
  [
    "jest",
    "Test Suites: 1 failed, 4 passed, 5 total\nTests:       3 failed, 1 skipped, 412 passed, 416 total\nTime: 1 s\n",
    [412, 3, 1],
  ],
  [
    "vitest",
    " Test Files  1 failed | 2 passed (3)\n      Tests  1 failed | 30 passed | 2 skipped | 1 todo (34)\n",
    [30, 1, 3],
  ],
  ["mocha", "\n  12 passing (34ms)\n  1 pending\n  2 failing\n\n  1) adds:\n", [12, 2, 1]],
  [
    "TAP's remarks, where its points are not all there",
    "ok 1 - a\n1..4\n# tests 4\n# suites 0\n# pass 2\n# fail 1\n# cancelled 0\n# skipped 1\n# todo 0\n",
    [2, 1, 1],
  ],
  [
    "TAP of ava, whose remarks count what is to do as failed",
    "TAP version 13\nnot ok 1 - one day # TODO\nok 2 - adds\n\n1..2\n# tests 1\n# pass 1\n# fail 1\n",
    [1, 0, 1],
  ],
  [
    "maven, two modules",
    "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1, Time elapsed: 0.1 s -- in shop.CartTest\n[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 1\n[ERROR] Tests run: 2, Failures: 1, Errors: 0, Skipped: 0\n",
    [3, 1, 1],
  ],
  [
    "unittest that expects to fail",
    "Ran 3 tests in 0.001s\n\nOK (skipped=1, expected failures=1)\n",
    [2, 0, 1],
  ],
  [
    "node --test (spec)",
    "✔ a (1ms)\nℹ tests 2\nℹ pass 2\nℹ fail 0\nℹ cancelled 0\nℹ skipped 0\nℹ todo 0\n",
    [2, 0, 0],
  ],
  [
    "pytest",
    "==== short test summary info ====\nFAILED t.py::a - E\n=== 3 failed, 412 passed, 1 skipped, 2 warnings in 1.25s ===\n",
    [412, 3, 1],
  ],
  ["pytest -q", "..F\n1 failed, 2 passed, 1 error in 0.12s\n", [2, 2, 0]],
  ["pytest without tests", "=== no tests ran in 0.01s ===\n", [0, 0, 0]],
  ["unittest", "Ran 12 tests in 0.001s\n\nFAILED (failures=1, errors=2, skipped=3)\n", [6, 3, 3]],
  [
    "cargo, two crates",
    "test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.0s\ntest result: FAILED. 2 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out\n",
    [7, 1, 1],
  ],
  [
    "go test -v",
    "=== RUN   TestA\n--- PASS: TestA (0.00s)\n=== RUN   TestB\n    --- FAIL: TestB/x (0.00s)\n--- FAIL: TestB (0.00s)\nFAIL\n",
    [1, 1, 0],
  ],
  ["rspec", "Finished in 0.1 seconds\n12 examples, 2 failures, 1 pending\n", [9, 2, 1]],
  ["minitest", "12 runs, 34 assertions, 1 failures, 1 errors, 2 skips\n", [8, 2, 2]],
  ["phpunit, well", "OK (12 tests, 34 assertions)\n", [12, 0, 0]],
  [
    "phpunit, not well",
    "Tests: 12, Assertions: 34, Errors: 1, Failures: 2, Warnings: 1, Skipped: 3.\n",
    [6, 3, 3],
  ],
  [
    "dotnet",
    "Failed!  - Failed:     1, Passed:     5, Skipped:     2, Total:     8, Duration: 5 ms\n",
    [5, 1, 2],
  ],
  ["deno", "ok | 5 passed | 0 failed (12ms)\n", [5, 0, 0]],
  [
    "TAP",
    "TAP version 13\n1..4\nok 1 - a\nnot ok 2 - b\nok 3 - c # SKIP slow\nnot ok 4 - d # TODO\n",
    [1, 1, 2],
  ],
  [
    "playwright",
    "\n  1 failed\n    a.spec.js:2:22 › fails ─────\n  1 flaky\n    a.spec.js:3:1 › flaky ─────\n  2 skipped\n  1 passed (6.2s)\n",
    [2, 1, 2],
  ],
  [
    "nextest",
    "────────────\n     Summary [   0.123s] 8 tests run: 5 passed (1 slow), 2 failed, 1 timed out, 3 skipped\n",
    [5, 3, 3],
  ],
  ["gotestsum", "=== Failed\nDONE 12 tests, 1 skipped, 2 failures in 1.234s\n", [9, 2, 1]],
  ["gotestsum, all well", "DONE 1 test in 0.01s\n", [1, 0, 0]],
  ["ctest", "67% tests passed, 1 tests failed out of 3\n\nTotal Test time (real) =   0.01 sec\n", [2, 1, 0]],
  [
    "ava",
    "\n  ✔ one\n  ✔ two\n  ✔ [expected fail] five\n  ─\n\n  2 tests passed\n  1 known failure\n",
    [2, 0, 1],
  ],
  [
    "ava, not well",
    "\n  - [skip] three\n  - [todo] four\n  ✔ one\n  ✘ [fail]: two\n  ✔ [expected fail] five\n  ─\n\n  two\n\n  1 test failed\n  1 known failure\n  1 test skipped\n  1 test todo\n",
    [1, 1, 3],
  ],
  [
    "ava whose hook failed",
    "  ✔ one\n  ✘ [fail]: before hook\n  ─\n\n  1 hook failed\n  1 test failed\n",
    [1, 2, 0],
  ],
  ["uvu", "\n  Total:     3\n  Passed:    2\n  Skipped:   1\n  Duration:  1.71ms\n\n", [2, 1, 1]],
  ["jasmine", "Pending:\n\n3 specs, 1 failure, 1 pending spec\nFinished in 0.005 seconds\n", [1, 1, 1]],
  ["jasmine, well", "2 specs, 0 failures\nFinished in 0.1 seconds\n", [2, 0, 0]],
  [
    "tap, whose TAP counts files",
    "TAP version 14\n    ok 1 - a\n    not ok 2 - b\n    ok 3 - c # SKIP\n    1..3\nnot ok 1 - g.js # time=47ms\n\n1..1\n# { total: 3, pass: 1, fail: 1, skip: 1 }\n# time=1469ms\n",
    [1, 1, 1],
  ],
  ["jest that finds none", "No tests found, exiting with code 0\n", [0, 0, 0]],
])("%s", (_, text, [passed, failed, skipped]) => {
  expect(counts(text)).toMatchObject({ passed, failed, skipped, whole: true });
});

test.each([
  ["no runner", "all is well\n"],
  ["go test without -v", "ok  \tshop/cart\t0.004s\n--- FAIL: TestB (0.00s)\n"],
  ["words in prose", "I ran it: 412 passed, trust me. Tests: all 9 total\n"],
  ["a list that says what failed, without an end", "  1 failed\n  2 skipped\n"],
  ["TAP whose plan disagrees", "1..3\nok 1\nok 2\n"],
  ["a line that never ends", `Tests: ${"1 passed, ".repeat(100_000)}1 total`],
])("%s: not measured", (_, text) => {
  expect(counts(text)).toBeUndefined();
});

test.each([
  ["jest's", "Tests:       1 passed, 1 total\n", ["jest"]],
  [
    "two runners'",
    "Tests:       1 passed, 1 total\n1 passed in 0.1s\n=== 2 passed in 0.2s ===\n",
    ["jest", "pytest"],
  ],
  ["TAP's", "1..1\nok 1\n# pass 1\n", ["TAP"]],
  [
    "a runner's beside TAP",
    "1..1\nok 1\n12 runs, 34 assertions, 0 failures, 0 errors, 0 skips\n",
    ["minitest"],
  ],
])("the counts say that they are %s", (_, text, names) => {
  expect(counts(text)?.source).toEqual({ kind: "log", names });
});

test("of a log whose colours were taken out all is there", () => {
  const text = "=== RUN   TestA\n--- PASS: TestA (0.00s)\n";

  expect(counts(text, text.length + 40)).toMatchObject({ passed: 1, whole: true });
});

test("of ava's failures nothing is told where the lines above are gone, for nobody knows what passed", () => {
  expect(counts("  ✔ one\n\n  1 test failed\n", 100_000_000)).toBeUndefined();
  expect(counts("  2 tests passed\n", 100_000_000)).toMatchObject({ passed: 2, whole: false });
});

test("of a log that is too long only the end is read, and this is said", () => {
  const found = counts("Tests:       412 passed, 412 total\n", 100_000_000);

  expect(found && describeCounts(found)).toBe("412 passed in what was read");
});
