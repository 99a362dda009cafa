import { describe, expect, test } from "@jest/globals";
import { approvalCheck, type BranchRules, gatesMissing } from "../../src/domain/rules/protection.ts";
import { judgeProtection } from "../../src/policy/judge-protection.ts";

const app = 4242;
const whole: BranchRules = {
  approvals: 1,
  dismissesStale: true,
  signatures: false,
  drafts: null,
  checks: [{ name: approvalCheck, app }],
  bypass: [],
};

/** What differs from a base that has all; what is then said of it; whether `protection: require` lets it run. */
const cases: [string, Partial<BranchRules>, string[], boolean][] = [
  ["all is required and nobody may bypass it", {}, [], true],
  ["two approvals", { approvals: 2 }, [], true],
  ["no review", { approvals: 0 }, ["reviews"], false],
  ["a review of which nobody knows", { approvals: null, dismissesStale: null }, ["reviews?"], false],
  ["approvals outlive a push", { dismissesStale: false }, ["stale"], true],
  ["nobody knows whether they do", { dismissesStale: null }, ["stale?"], true],
  ["other checks alone", { checks: [{ name: "test", app: null }] }, ["check"], false],
  ["no check", { checks: [] }, ["check"], false],
  ["a check of nearly the name", { checks: [{ name: `${approvalCheck}s`, app }] }, ["check"], false],
  ["our check from anybody", { checks: [{ name: approvalCheck, app: null }] }, ["pin"], false],
  ["our check from another App", { checks: [{ name: approvalCheck, app: 7 }] }, ["pin 7"], false],
  [
    "our check from anybody, and from us by another rule",
    { checks: [{ name: approvalCheck, app: null }, ...whole.checks] },
    [],
    true,
  ],
  ["administrators may bypass", { bypass: ["administrators"] }, ["bypass administrators"], true],
  ["nobody knows who may bypass", { bypass: null }, ["bypass?"], true],
  [
    "nothing at all, so that there is nothing to bypass",
    { approvals: 0, dismissesStale: false, checks: [], bypass: null },
    ["reviews", "check"],
    false,
  ],
];

describe("a base is judged by what it requires", () => {
  test.each(cases)("%s", (_, differs, said, mayRun) => {
    const gaps = judgeProtection({ ...whole, ...differs }, app);

    const words = gaps.map(({ kind, measured, who = [] }) =>
      [measured ? kind : `${kind}?`, ...who].join(" "),
    );
    expect(words).toEqual(said);
    expect(gatesMissing({ gaps }).length === 0).toBe(mayRun);
  });
});
