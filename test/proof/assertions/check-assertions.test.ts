import { describe, expect, test } from "@jest/globals";
import type { AssertionRun, AssertionTrial } from "../../../src/domain/evidence/assertion-trial.ts";
import { checkAssertions } from "../../../src/proof/checks/assertions/check-assertions.ts";

const broken = (line: number, path = "a.test.js") => ({ path, line, text: `equal(${line})`, test: "ten" });
const run = (exitCode: number, lines: number[], path?: string): AssertionRun => ({
  ...{ tree: "a".repeat(40), exitCode, endedBy: "itself", durationMs: 1, log: "x.log", logSha256: "" },
  broken: lines.map((line) => broken(line, path)),
});
const none: AssertionTrial = { runs: [], noticed: 0, untried: [], unread: [], left: 0 };

describe("the row assertions", () => {
  test.each<[string, AssertionTrial | undefined, string]>([
    ["nothing was measured", undefined, "not measured: why not"],
    ["there is nothing new", none, "pass: no assertion was added or changed"],
    [
      "each was noticed",
      { ...none, runs: [run(1, [1, 2])], noticed: 2 },
      "pass: 2 assertions were broken, and each time a test was red",
    ],
    [
      "one of two leaves the command green",
      { ...none, runs: [run(1, [1, 2]), run(0, [2])], noticed: 1 },
      "attention: 1 of 2 assertions that were broken cannot fail: the command is as green as before",
    ],
    [
      "the only one leaves the command green",
      { ...none, runs: [run(0, [2])] },
      "attention: the one assertion that was broken cannot fail: the command is as green as before",
    ],
    [
      "the command does not run the file",
      { ...none, runs: [run(0, [2], "e2e.test.js"), run(0, [])], unread: ["e2e.test.js"] },
      "not measured: no assertion was broken; the command does not run e2e.test.js",
    ],
    [
      "some could not be broken",
      { ...none, runs: [run(1, [1])], noticed: 1, untried: [{ why: "its test is skipped", count: 2 }] },
      "pass: 1 assertion was broken, and its test was red; 2 not tried: its test is skipped (2)",
    ],
    [
      "none could be broken",
      { ...none, untried: [{ why: "it is a helper's own", count: 1 }] },
      "not measured: no assertion was broken; 1 not tried: it is a helper's own",
    ],
    [
      "there was no time for all",
      { ...none, runs: [run(1, [1])], noticed: 1, left: 3 },
      "not measured: 1 assertion was broken, and its test was red; 3 left: there was no time for them",
    ],
    [
      "a run that a bound ended tells nothing",
      { ...none, runs: [{ ...run(0, [1]), endedBy: "time" }], left: 1 },
      "not measured: no assertion was broken; 1 left: there was no time for them",
    ],
  ])("%s", (_, trial, expected) => {
    const { status, line } = checkAssertions(trial, "why not");

    expect(`${status}: ${line}`).toBe(expected);
  });

  test("a finding names the place, the assertion and its test", () => {
    expect(checkAssertions({ ...none, runs: [run(0, [7])] }).findings).toEqual([
      {
        ...{ path: "a.test.js", line: 7 },
        message: "`equal(7)` in “ten” cannot fail: made one that must fail, it leaves the command green",
      },
    ]);
  });
});
