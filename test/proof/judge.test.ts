import { expect, test } from "@jest/globals";
import type { AgentReport, Check } from "../../src/domain/evidence/evidence.ts";
import { judge } from "../../src/proof/judge.ts";

const check = (name: Check["name"], status: Check["status"]): Check => ({
  name,
  status,
  line: "",
  findings: [],
});

test.each<[Check["status"], Check["status"], AgentReport["outcome"], string]>([
  ["pass", "pass", "finished", "passed"],
  ["pass", "not measured", "finished", "passed"],
  ["pass", "attention", "finished", "needs-attention"],
  ["fail", "pass", "finished", "failed"],
  ["pass", "fail", "finished", "failed"],
  ["fail", "attention", "finished", "failed"],
  ["not measured", "pass", "finished", "incomplete"],
  ["not measured", "fail", "finished", "incomplete"],
  ["pass", "pass", "failed", "incomplete"],
  ["pass", "pass", "bound", "incomplete"],
  ["fail", "fail", "cancelled", "incomplete"],
])("validation %s, scope %s, agent %s: %s", (validation, scope, outcome, verdict) => {
  expect(judge([check("validation", validation), check("scope", scope)], { outcome })).toBe(verdict);
});

test("without a validation there is no verdict but incomplete", () => {
  expect(judge([], { outcome: "finished" })).toBe("incomplete");
});
