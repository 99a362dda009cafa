import { expect, test } from "@jest/globals";
import { afterRefusal } from "../../../src/adapters/github/after-refusal.ts";

const now = new Date("2026-11-21T12:00:00Z");
const reset = String(now.getTime() / 1_000 + 20);
const fresh = { tries: 1, reminted: false, repeatable: false };
const usedUp = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset };

test.each([
  ["a lost write", undefined, {}, fresh, { kind: "give up" }],
  ["a lost read", undefined, {}, { ...fresh, repeatable: true }, { kind: "pause", ms: 250 }],
  ["a read lost twice", 502, {}, { ...fresh, tries: 2, repeatable: true }, { kind: "pause", ms: 1_500 }],
  ["a read lost thrice", 502, {}, { ...fresh, tries: 3, repeatable: true }, { kind: "give up" }],
  ["a write that GitHub broke off", 503, {}, fresh, { kind: "give up" }],
  ["a refused token", 401, {}, fresh, { kind: "new token" }],
  ["a refused new token", 401, {}, { ...fresh, reminted: true }, { kind: "give up" }],
  ["a named pause", 403, { "retry-after": "7" }, fresh, { kind: "hold", ms: 7_000 }],
  ["too many requests", 429, { "retry-after": "7" }, fresh, { kind: "hold", ms: 7_000 }],
  ["too many, no time named", 429, {}, fresh, { kind: "hold", ms: 60_000 }],
  ["an hour used up", 403, usedUp, fresh, { kind: "hold", ms: 21_000 }],
  ["a missing permission", 403, { "x-ratelimit-remaining": "12" }, fresh, { kind: "give up" }],
  ["a wrong request", 422, {}, { ...fresh, repeatable: true }, { kind: "give up" }],
])("after %s", (...[, status, headers, past, move]) => {
  expect(afterRefusal({ status, headers, message: "" }, past, now)).toEqual(move);
});

test("a secondary limit is known by its words", () => {
  const message = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.";

  expect(afterRefusal({ status: 403, headers: {}, message }, fresh, now)).toEqual({
    kind: "hold",
    ms: 60_000,
  });
});
