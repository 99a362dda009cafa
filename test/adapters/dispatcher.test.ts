import { expect, test } from "@jest/globals";
import { startDispatcher } from "../../src/adapters/host/dispatcher.ts";
import type { Delivery } from "../../src/domain/task/delivery.ts";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** A dispatcher over one stored delivery, whose sweeps the test makes. */
function begin(receive: () => Promise<void>) {
  const stored = new Map([["one", { digest: "one", id: "1", event: "issues" } as Delivery]]);
  const sweeps: (() => Promise<void>)[] = [];
  const dispatcher = startDispatcher({
    inbox: {
      pending: async () => [...stored.values()],
      settle: async (digest) => void stored.delete(digest),
    },
    receive,
    timer: {
      every: (_, action) => {
        sweeps.push(action);
        return () => undefined;
      },
    },
    log: silent,
  });
  const sweep = async (): Promise<void> => {
    await sweeps[0]?.();
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { stored, sweep, dispatcher };
}

test("a delivery that fails is tried again ever more seldom, and never given up", async () => {
  let tries = 0;
  const { stored, sweep, dispatcher } = begin(async () => {
    tries += 1;
    if (tries < 12) throw new Error("GitHub is away");
  });
  const triesAfter: number[] = [];

  for (let sweeps = 0; sweeps < 500 && stored.size > 0; sweeps++) {
    await sweep();
    triesAfter.push(tries);
  }
  await dispatcher.stop();

  const gaps = [...new Set(triesAfter)].map((count) => triesAfter.filter((one) => one === count).length);
  expect(stored.size).toBe(0);
  expect(Math.max(...gaps)).toBeLessThanOrEqual(61);
  expect(gaps.slice(1, 7)).toEqual([2, 4, 8, 16, 32, 61]);
});
