import { expect, test } from "@jest/globals";
import type { Exit, Measurement } from "../../src/domain/evidence.ts";
import { checkBaseline } from "../../src/verify/check-baseline.ts";
import { checkValidation } from "../../src/verify/check-validation.ts";

function measured(exit: Partial<Exit>): Measurement {
  return {
    tree: "a".repeat(40),
    command: "npm test",
    log: "task-1-2-1/validation-1.log",
    sandbox: "bwrap",
    exit: {
      argv: ["sh", "-c", "npm test"],
      exitCode: 0,
      signal: null,
      endedBy: "itself",
      durationMs: 1_200,
      log: { sha256: "b".repeat(64), bytes: 0, head: "", tail: "" },
      ...exit,
    },
  };
}

const green = measured({});
const red = measured({ exitCode: 1 });
const unmeasured = measured({ exitCode: null, endedBy: "spawn" });

test.each([
  ["green", green, "pass", "exit code 0"],
  ["red", red, "fail", "exit code 1"],
  ["killed", measured({ exitCode: null, signal: "SIGSEGV" }), "fail", "killed by SIGSEGV"],
  [
    "endless",
    measured({ exitCode: null, signal: "SIGKILL", endedBy: "time", durationMs: 1_800_000 }),
    "fail",
    "stopped after 1800 s without an end",
  ],
  ["not spawned", unmeasured, "not measured", "The validation command was not run."],
  [
    "cancelled",
    measured({ endedBy: "cancel", exitCode: 0 }),
    "not measured",
    "The validation command was not run.",
  ],
  ["absent", null, "not measured", "The validation command was not run."],
])("a validation that was %s", (_, measurement, status, line) => {
  expect(checkValidation(measurement)).toMatchObject({ status, line });
});

test.each([
  ["red, then green", red, green, "pass", /^fixed/],
  ["green, then green", green, green, "pass", /^still green/],
  ["red, then red", red, red, "attention", /^still red/],
  ["green, then red", green, red, "fail", /^regressed/],
  ["unmeasured before", unmeasured, green, "not measured", /nothing to compare/],
  ["unmeasured after", green, unmeasured, "not measured", /nothing to compare/],
])("a baseline that was %s", (_, before, after, status, line) => {
  expect(checkBaseline(after, before)).toMatchObject({ status, line: expect.stringMatching(line) });
});
