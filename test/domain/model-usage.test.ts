import { describe, expect, test } from "@jest/globals";
import { priceTokens, type Tokens } from "../../src/domain/evidence/model-usage.ts";

const none: Tokens = { input: 0, output: 0, cacheRead: 0, cacheWrite: 0 };
const million = 1_000_000;
const prices = {
  whole: { input: 3, output: 15, cacheRead: 0.3, cacheWrite: 3.75 },
  plain: { input: 2, output: 8 },
  "models/named": { input: 1, output: 1 },
};

describe("what tokens cost", () => {
  test.each([
    ["nothing used", [], 0],
    [
      "input and output",
      [{ model: "whole", tokens: { ...none, input: million, output: million / 10 } }],
      4.5,
    ],
    ["the cache", [{ model: "whole", tokens: { ...none, cacheRead: million, cacheWrite: million } }], 4.05],
    ["a dated version", [{ model: "whole-20260131", tokens: { ...none, input: million } }], 3],
    ["a version with dashes", [{ model: "whole-2026-01-31", tokens: { ...none, input: million } }], 3],
    ["Google's own name for it", [{ model: "models/plain", tokens: { ...none, input: million } }], 2],
    [
      "the cache read without a price of its own",
      [{ model: "plain", tokens: { ...none, cacheRead: million } }],
      2,
    ],
    ["the cache written without a price", [{ model: "plain", tokens: { ...none, cacheWrite: 1 } }], null],
    ["a model that the list lacks", [{ model: "other", tokens: { ...none, input: 1 } }], null],
    ["a longer name", [{ model: "whole-mini", tokens: { ...none, input: 1 } }], null],
    ["a name of every object", [{ model: "constructor", tokens: none }], null],
    [
      "one known and one not",
      [
        { model: "whole", tokens: { ...none, input: million } },
        { model: "other", tokens: none },
      ],
      null,
    ],
  ])("%s", (_, used, dollars) => {
    expect(priceTokens(used, prices)).toEqual(dollars === null ? null : expect.closeTo(dollars, 9));
  });
});
