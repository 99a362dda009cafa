import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "@jest/globals";
import type { Measurement } from "../../src/domain/evidence/evidence.ts";
import { checkBaseline } from "../../src/proof/checks/runs/check-baseline.ts";
import { readCounts } from "../../src/proof/counts/read-counts.ts";
import { describeRun } from "../../src/proof/explain/describe-run.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

/** A run that ended so, with the log that the real runner wrote. */
function ranWith(name: string, exitCode: number): Measurement {
  const text = readFileSync(resolve("test/fixtures/logs", `${name}.txt`), "utf8");
  const log = { sha256: "", bytes: Buffer.byteLength(text), head: text, tail: text };
  const run = aMeasurement({ exitCode, log });
  const counts = readCounts(run.exit);
  return { ...run, ...(counts && { counts }) };
}

test.each([
  ["pytest-missing", 2, "no test ran; 2 test files could not be loaded: module `nowhere` cannot be found"],
  ["pytest-mix-q", 2, "no test ran; 2 test files could not be loaded: module `nowhere` cannot be found"],
  [
    "pytest-cont",
    1,
    "1 passed, 4 failed, 1 skipped (log: pytest); 2 test files could not be loaded: module `nowhere` cannot be found",
  ],
  ["unittest-missing", 1, "no test ran; 2 test files could not be loaded: module `nowhere` cannot be found"],
  ["jest-missing", 1, "no test ran; 1 test file could not be loaded: module `./nowhere` cannot be found"],
  [
    "jest",
    1,
    "2 passed, 1 failed, 1 skipped (log: jest); 1 test file could not be loaded: module `./nowhere` cannot be found",
  ],
  [
    "vitest-missing",
    1,
    "no test ran; 1 test file could not be loaded: module `./nowhere.mjs` cannot be found",
  ],
  [
    "vitest",
    1,
    "2 passed, 1 failed, 1 skipped (log: vitest); 1 test file could not be loaded: module `./nowhere.mjs` cannot be found",
  ],
  ["node-missing", 1, "0 passed, 1 failed (log: node); module `./nowhere` cannot be found"],
  ["mocha-missing", 1, "module `./nowhere` cannot be found"],
  ["pw-missing", 1, "module `./nowhere` cannot be found"],
  ["ava-missing", 1, "module `/checkout/ava/nowhere.js` cannot be found"],
  ["pynomod", 1, "module `nosuchmod` cannot be found"],
  ["notfound", 127, "`no-such-runner` is not installed"],
])("what the log %s tells of tests that never ran", (name, exitCode, line) => {
  expect(describeRun(ranWith(name, exitCode))).toBe(`exit code ${exitCode}; ${line}`);
});

test("a green run is not told by what its tests print", () => {
  expect(describeRun(ranWith("mocha-missing", 0))).toBe("exit code 0");
});

test("on the change files that cannot be loaded are no failing tests", () => {
  const green = aMeasurement({});
  const red = ranWith("pytest-missing", 2);
  const { status, line } = checkBaseline({ runs: [red, red], why: "" }, { runs: [green], why: "" });

  expect(status).toBe("fail");
  expect(line).toBe(
    "regressed: green on the base, red on the change; 2 test files could not be loaded: module `nowhere` cannot be found",
  );
});
