import { expect, test } from "@jest/globals";
import { checkBaseline } from "../../src/verify/check-baseline.ts";
import { checkValidation } from "../../src/verify/check-validation.ts";
import { aMeasurement } from "../fixtures/evidence.ts";

const green = aMeasurement({});
const red = aMeasurement({ exitCode: 1 });
const unmeasured = aMeasurement({ exitCode: null, endedBy: "spawn" });

test.each([
  ["green", green, "pass", "exit code 0"],
  ["red", red, "fail", "exit code 1"],
  ["killed", aMeasurement({ exitCode: null, signal: "SIGSEGV" }), "fail", "killed by SIGSEGV"],
  [
    "endless",
    aMeasurement({ exitCode: null, signal: "SIGKILL", endedBy: "time", durationMs: 1_800_000 }),
    "fail",
    "stopped after 1800 s without an end",
  ],
  ["not spawned", unmeasured, "not measured", "The validation command was not run."],
  [
    "cancelled",
    aMeasurement({ endedBy: "cancel", exitCode: 0 }),
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
