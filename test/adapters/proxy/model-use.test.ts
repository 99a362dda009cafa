import { describe, expect, test } from "@jest/globals";
import { judgeUse } from "../../../src/adapters/proxy/model-use.ts";

const bounds = { usd: 5, turns: { limit: 10, used: 0 } };

describe("what a model was used for", () => {
  test.each([
    [{ turns: 0 }, null],
    [{ turns: 7, usd: 3.99 }, null],
    [{ turns: 8 }, "nearing"],
    [{ turns: 9 }, "nearing"],
    // It may have ended by itself with its last turn; a warning would cost one that it does not have.
    [{ turns: 10 }, null],
    [{ turns: 10, refused: "turns" as const }, "turns"],
    [{ usd: 4 }, "nearing"],
    [{ usd: 5 }, "cost"],
    [{ usd: 4.5, refused: "cost" as const }, "cost"],
    [{ turns: 10, usd: 6 }, "cost"],
  ])("%j comes to %p", (use, judgement) => {
    expect(judgeUse({ turns: 0, usd: 0, refused: null, ...use }, bounds)).toBe(judgement);
  });

  test("is near its end by what was left for the leg", () => {
    const judged = [12, 16, 17, 18, 19, 20].map((turns) =>
      judgeUse({ turns, usd: 0, refused: null }, { usd: null, turns: { limit: 20, used: 10 } }),
    );

    expect(judged).toEqual([null, null, null, "nearing", "nearing", null]);
  });

  test.each([1, 2, 3, 4])("is never a warning where only %d turns are allowed", (limit) => {
    const judged = Array.from({ length: limit + 1 }, (_, turns) =>
      judgeUse({ turns, usd: 0, refused: null }, { usd: null, turns: { limit, used: 0 } }),
    );

    expect(judged).toEqual(judged.map(() => null));
  });

  test("is held against no money where nobody set any", () => {
    expect(judgeUse({ turns: 0, usd: 1_000, refused: null }, { ...bounds, usd: null })).toBeNull();
  });
});
