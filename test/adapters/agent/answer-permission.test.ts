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
    const answer = answerPermission({ toolCall, options }, []);

    expect(answer.response).toEqual({ outcome: { outcome: "selected", optionId } });
    expect(answer.record).toMatch(record);
  });

  test("declines where there is nothing to choose", () => {
    const answer = answerPermission({ toolCall: { toolCallId: "t" }, options: [] }, []);

    expect(answer.response).toEqual({ outcome: { outcome: "cancelled" } });
    expect(answer.record).toContain("t");
  });

  test.each([
    ["/work/tree/src/a.js", "edit", true],
    ["src/a.js", "edit", true],
    ["/work/home/.cache/x", "delete", true],
    ["/work/tree-of-another/a.js", "edit", false],
    ["/work/tree/../etc/a", "move", false],
    ["../a.js", "edit", false],
    ["/usr/include/stdio.h", "read", true],
  ] as const)("%s to %s is allowed: %s", (path, kind, isAllowed) => {
    const options = [option("allow_once"), option("reject_once")];
    const call = { ...toolCall, kind, locations: [{ path }] };

    const { response, record } = answerPermission({ toolCall: call, options }, ["/work/tree", "/work/home"]);

    expect(response.outcome).toMatchObject({ optionId: isAllowed ? "the-allow_once" : "the-reject_once" });
    expect(record).toMatch(isAllowed ? /^allowed once/ : /is outside the worktree/);
  });
});
