import { RequestError } from "@agentclientprotocol/sdk";
import { describe, expect, test } from "@jest/globals";
import { judgeFault } from "../../../src/adapters/agent/judge-fault.ts";

describe("judgeFault", () => {
  test.each([
    // As claude, codex, gemini and opencode were heard to say it.
    [
      "Internal error: API Error: Request rejected (429) · You exceeded your current quota",
      "rate_limit",
      "quota",
    ],
    ["Internal error: API Error: 529 Overloaded. This is a server-side issue", "server_error", "overload"],
    ["Internal error: You exceeded your current quota", undefined, "quota"],
    ["Internal error: invalid x-api-key", undefined, "authentication"],
    ['401 {"error":{"code":401,"message":"invalid x-api-key"}}', undefined, "authentication"],
    ["exceeded retry limit, last status: 429 Too Many Requests", undefined, "quota"],
    ["Your credit balance is too low to access the API", undefined, "quota"],
    ["RESOURCE_EXHAUSTED: per day", undefined, "quota"],
    ["Not logged in · Please run /login", undefined, "authentication"],
    // Errors of the work, which no other agent is asked about.
    ["Internal error: src/login.ts:429: the patch does not apply", undefined, null],
    ["ENOENT: no such file or directory, open 'docs/billing/api-key.md'", undefined, null],
    ["the test of the rate table failed in line 503", undefined, null],
    ["unexpected token in JSON at position 401", undefined, null],
  ])("%s (%s): %s", (message, errorKind, fault) => {
    expect(judgeFault(new RequestError(-32_603, message, errorKind && { errorKind }))).toBe(fault);
  });

  test("takes the protocol's own code for a log-in that is wanted", () => {
    expect(judgeFault(new RequestError(-32_000, "Whatever"))).toBe("authentication");
  });

  test("reads nothing but an agent's answer", () => {
    expect(judgeFault(new Error("429 quota exceeded"))).toBeNull();
  });
});
