import { describe, expect, test } from "@jest/globals";
import { answerPermission } from "../../../src/adapters/agent/answer-permission.ts";

const option = (kind: "allow_once" | "allow_always" | "reject_once") => ({
  optionId: `the-${kind}`,
  name: kind,
  kind,
});
const toolCall = { toolCallId: "t", title: "rm -rf dist" };

describe("answerPermission", () => {
  test.each([
    [[option("allow_always"), option("allow_once")], "the-allow_once", "allowed once: rm -rf dist"],
    [[option("allow_always"), option("reject_once")], "the-reject_once", /^refused.*rm -rf dist$/],
  ])("chooses of %j", (options, optionId, record) => {
    const answer = answerPermission({ toolCall, options });

    expect(answer.response).toEqual({ outcome: { outcome: "selected", optionId } });
    expect(answer.record).toMatch(record);
  });

  test("declines where there is nothing to choose", () => {
    const answer = answerPermission({ toolCall: { toolCallId: "t" }, options: [] });

    expect(answer.response).toEqual({ outcome: { outcome: "cancelled" } });
    expect(answer.record).toContain("t");
  });
});
