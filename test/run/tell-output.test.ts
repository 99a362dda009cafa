import { expect, test } from "@jest/globals";
import { type AgentOutput, LiveEvent } from "../../src/domain/task/live-event.ts";
import { broadcastBytes, type Events } from "../../src/ports/events.ts";
import { tellOutput } from "../../src/run/tell-output.ts";

const place = { task: { repositoryId: 1, issueNumber: 2, round: 1 }, attempt: 1, leg: 0 };

function aTelling() {
  const told: AgentOutput[] = [];
  const ticks: (() => Promise<void>)[] = [];
  const events: Events = {
    tell: (event) => {
      const live = LiveEvent.parse(event);
      expect(Buffer.byteLength(JSON.stringify(live))).toBeLessThanOrEqual(broadcastBytes);
      if (live.kind === "agent output") told.push(live);
    },
    listen: () => () => undefined,
    follow: () => () => undefined,
  };
  const timer = {
    every: (_: number, action: () => Promise<void>) => {
      ticks.push(action);
      return () => void ticks.pop();
    },
  };
  return { told, ticks, output: tellOutput(place, { events, timer }), tick: async () => ticks[0]?.() };
}

test("few events tell of many notes, in their order, with the cost so far", async () => {
  const { told, output, tick, ticks } = aTelling();
  output.note({ kind: "plan", text: "[ ] read" });
  output.note({ kind: "tool", text: "cat src/range.ts" });
  await tick();
  await tick();
  output.spent(0.5);
  await tick();
  output.note({ kind: "message", text: "Done." });
  output.end();

  expect(told).toEqual([
    {
      ...{ kind: "agent output", ...place, first: 0, usd: null },
      entries: [
        { kind: "plan", text: "[ ] read" },
        { kind: "tool", text: "cat src/range.ts" },
      ],
    },
    { kind: "agent output", ...place, first: 2, usd: 0.5, entries: [] },
    { kind: "agent output", ...place, first: 2, usd: 0.5, entries: [{ kind: "message", text: "Done." }] },
  ]);
  expect(ticks).toEqual([]);
});

test("the end tells all that waits, in as many events as it takes", () => {
  const { told, output } = aTelling();
  for (let count = 0; count < 20; count++) output.note({ kind: "message", text: "\u0001".repeat(1_000) });
  output.end();

  expect(told.flatMap(({ entries }) => entries)).toHaveLength(20);
});

test("what is too long is cut, and what is too much is left out and counted", async () => {
  const { told, output, tick } = aTelling();
  for (let count = 0; count < 150; count++) output.note({ kind: "message", text: "\u0001".repeat(5_000) });
  await tick();
  await tick();

  expect(told.map(({ first, entries }) => [first, entries.length])).toEqual([
    [50, 1],
    [51, 1],
  ]);
});
