import { describe, expect, test } from "@jest/globals";
import type { Task } from "../../src/domain/task/task.ts";
import { costsOfDay, snapshotTurns } from "../../src/schedule/snapshot-turns.ts";
import { aBrief, anAttempt, aTask } from "../fixtures/tasks.ts";

const now = new Date("2026-11-28T15:30:00.000Z");
const at = "2026-11-28T10:00:00.000Z";

const turn = { kind: "concurrency", of: "worker" } as const;
const release = { at };

test.each<[string, Partial<Task>, string | undefined]>([
  ["accepted", {}, "waiting"],
  ["held by the scheduler", { state: "held", hold: turn }, "waiting"],
  ["held by its repository", { state: "held", hold: { kind: "repository", cause: "gone" } }, undefined],
  ["let go", { release }, "ready"],
  ["let go and tried again later", { release: { at, postponed: true } }, "postponed"],
  ["running", { state: "running", release }, "working"],
  ["correcting", { state: "correcting", pullRequest: 7 }, "working"],
  ["proposed", { state: "proposed", pullRequest: 7 }, "proposed"],
  ["incomplete", { state: "incomplete" }, undefined],
  ["ended", { state: "ended: merged" }, undefined],
])("a task that is %s is to the scheduler: %s %s", (_, fields, stage) => {
  const { waiting, occupying } = snapshotTurns([aTask(fields)], { rules: new Map(), now });

  expect(waiting.length > 0 ? "waiting" : occupying[0]?.stage).toBe(stage);
});

test("until somebody has looked, each issue that a brief depends on may be open", () => {
  const brief = { brief: aBrief({ dependsOn: [3, 4] }), sha256: "f".repeat(64) };
  const openOf = (fields: Partial<Task>): number[] | undefined =>
    snapshotTurns([aTask({ brief, ...fields })], { rules: new Map(), now }).waiting[0]?.openDependencies;

  expect(openOf({})).toEqual([3, 4]);
  expect(openOf({ openDependencies: [] })).toEqual([]);
});

describe("the costs of a day", () => {
  const agent = { costUsd: 3 } as NonNullable<Task["attempts"][number]["agent"]>;
  const costs = (...tasks: Partial<Task>[]) => costsOfDay(tasks.map(aTask), { now, usd: 5 });

  test("are those of the attempts that started on it, by UTC", () => {
    const yesterday = anAttempt({ startedAt: "2026-11-27T23:59:59.000Z", agent });
    const today = anAttempt({ startedAt: at, agent });

    expect(costs({ state: "proposed", attempts: [yesterday, today] })).toEqual({
      spentUsd: 3,
      reservedUsd: 0,
    });
  });

  test("set aside what still runs or waits for a worker, with all that it may cost", () => {
    const running = { state: "running", attempts: [anAttempt({ startedAt: at })] } as const;

    expect(costs({ ...running, attempts: [...running.attempts] }, { release }, {})).toEqual({
      spentUsd: 0,
      reservedUsd: 10,
    });
  });
});
