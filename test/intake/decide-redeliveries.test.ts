import { describe, expect, test } from "@jest/globals";
import { decideRedeliveries } from "../../src/intake/decide-redeliveries.ts";
import type { DeliveryTry } from "../../src/ports/github.ts";

const now = new Date("2026-03-01T12:00:00.000Z");

/** A try so many seconds ago, with the status that was answered. */
function tried(id: number, delivery: string, [secondsAgo, status]: [number, number]): DeliveryTry {
  const at = new Date(now.getTime() - secondsAgo * 1_000).toISOString();
  return { id, delivery, event: "issues", at, status };
}

function decided(tries: DeliveryTry[], known: string[] = []) {
  const { again, givenUp } = decideRedeliveries(tries, { known: new Set(known), now });
  return { again: again.map(({ id }) => id), givenUp: givenUp.map(({ id }) => id) };
}

describe("deliveries that the inbox lacks", () => {
  test.each<[string, DeliveryTry[], string[], number[]]>([
    ["nothing was delivered", [], [], []],
    ["a delivery that is known", [tried(1, "a", [600, 202])], ["a"], []],
    ["one that failed a moment ago", [tried(1, "a", [1, 502])], [], [1]],
    ["one that nobody answered", [tried(1, "a", [600, 0])], [], [1]],
    ["one that GitHub takes for delivered", [tried(1, "a", [600, 200])], [], [1]],
    ["one that another process may be storing", [tried(1, "a", [30, 202])], [], []],
    ["one that failed and is known all the same", [tried(1, "a", [600, 504])], ["a"], []],
    ["one that failed twice: its newest try", [tried(2, "a", [60, 500]), tried(1, "a", [600, 500])], [], [2]],
    ["one that failed and is under way again", [tried(2, "a", [5, 202]), tried(1, "a", [600, 500])], [], []],
    ["several: the oldest first", [tried(2, "b", [60, 500]), tried(1, "a", [90, 500])], [], [1, 2]],
  ])("%s", (_, tries, known, again) => {
    expect(decided(tries, known)).toEqual({ again, givenUp: [] });
  });

  test("one that fails each time is given up", () => {
    const tries = Array.from({ length: 6 }, (_, index) => tried(index + 1, "a", [600 - index, 413]));

    expect(decided(tries)).toEqual({ again: [], givenUp: [6] });
    expect(decided(tries.slice(0, 5))).toEqual({ again: [5], givenUp: [] });
  });

  test("many are asked for in turns", () => {
    const tries = Array.from({ length: 250 }, (_, index) => tried(index, `d${index}`, [1_000 - index, 502]));

    expect(decided(tries).again).toEqual(Array.from({ length: 100 }, (_, index) => index));
  });
});
