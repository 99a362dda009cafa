import { expect, test } from "@jest/globals";
import { weighAgain } from "../../src/proof/audit/weigh-again.ts";
import { aMeasurement, someEvidence } from "../fixtures/evidence.ts";

const told = someEvidence({ proofOfTest: aMeasurement({ exitCode: 1 }) });
const same = { validation: aMeasurement(), baseline: aMeasurement({ exitCode: 1 }) };
const proofOfTest = aMeasurement({ exitCode: 1 });
const other = { ...proofOfTest, tree: "9".repeat(40) };
const log = { sha256: "b".repeat(64), bytes: 1, head: "", tail: "first\nsh: vite: not found\n" };

test.each([
  ["all as it was", { ...same, proofOfTest }, []],
  [
    "another exit code, with the last words of the output",
    { ...same, proofOfTest, validation: aMeasurement({ exitCode: 127, log }) },
    ["again: validation: exit code 127 here, exit code 0 in the evidence: sh: vite: not found"],
  ],
  [
    "a run that a bound ended",
    {
      ...same,
      proofOfTest,
      validation: aMeasurement({ exitCode: null, endedBy: "time", log: { ...log, tail: "" } }),
    },
    ["again: validation: ended by time here, exit code 0 in the evidence"],
  ],
  [
    "a run that was not to be had here",
    same,
    ["again: proof of test: the evidence has such a run, and here there was none"],
  ],
  [
    "another tree",
    { ...same, proofOfTest: other },
    [`again: proof of test: it was run on the tree ${other.tree} here, not ${"a".repeat(40)}`],
  ],
  [
    "a run that the evidence leaves out",
    { ...same, proofOfTest, baseTests: aMeasurement() },
    ["again: base tests: it was run here, and the evidence has no such run"],
  ],
])("%s", (_, again, wrong) => {
  const weighed = weighAgain(told, again);

  expect(weighed.filter(({ holds }) => !holds).map(({ what, line }) => `${what}: ${line}`)).toEqual(wrong);
  expect(weighed.every(({ repair }) => repair.length > 10)).toBe(true);
});
