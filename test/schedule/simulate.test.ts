import { expect, test } from "@jest/globals";
import { scopesOverlap } from "../../src/domain/paths/scopes-overlap.ts";
import { decideRelease } from "../../src/schedule/decide-release.ts";
import type { OccupyingTask, TurnRules, WaitingTask } from "../../src/schedule/situation.ts";
import { seededNumbers } from "../support/seeded-numbers.ts";

const seed = Number(process.env.SEED ?? 20_261_128);

const rules: TurnRules = {
  overlap: "hold",
  concurrent: 8,
  concurrentInInstallation: undefined,
  openPullRequests: 1_000,
  dailyUsd: undefined,
  usd: 5,
  spentUsd: 0,
  reservedUsd: 0,
};

type World = {
  waiting: WaitingTask[];
  occupying: OccupyingTask[];
  step: number;
  started: Map<string, number>;
};

/** What is decided is done, until nothing more starts; a free worker takes up what waits for it. */
function release(world: World, { workers, own = {} }: { workers: number; own?: Partial<TurnRules> }): void {
  const ids = new Set([...world.waiting, ...world.occupying].map(({ repositoryId }) => repositoryId));
  const all = new Map([...ids].map((id) => [id, { ...rules, ...own }]));
  for (;;) {
    const busy = world.occupying.filter(({ stage }) => stage === "working").length;
    const ready = world.occupying.filter(({ stage }) => stage === "ready");
    for (const task of ready.slice(0, workers - busy)) task.stage = "working";
    const now = new Date(Date.UTC(2026, 10, 28, 0, 0, world.step));
    const { start } = decideRelease({ ...world, rules: all, now });
    if (start.length === 0) return;
    for (const key of start) {
      const [task] = world.waiting.splice(
        world.waiting.findIndex((one) => one.key === key),
        1,
      );
      if (!task) throw new Error(`${key} started twice`);
      world.occupying.push({ ...task, stage: "ready", releasedAt: now.toISOString() });
      world.started.set(key, world.step);
    }
  }
}

/** One at work proposes, or one that is proposed is closed, whichever chance says. */
function advance(world: World, random: () => number): void {
  world.step += 1;
  const movable = world.occupying.filter(({ stage }) => stage !== "ready");
  const one = movable[Math.floor(random() * movable.length)];
  if (one?.stage === "working" && random() < 0.6) one.stage = "proposed";
  else if (one) world.occupying.splice(world.occupying.indexOf(one), 1);
}

test("200 tasks at once in one repository: none together that overlap, as parallel as allowed, nobody starves", () => {
  const random = seededNumbers(seed);
  const scopeOf = (): string[] => {
    const [folder, file] = [Math.floor(random() * 20), Math.floor(random() * 5)];
    const kind = random();
    if (kind < 0.02) return [];
    if (kind < 0.1) return [`src/f${folder}/**`, "docs/**"];
    return kind < 0.3 ? [`src/f${folder}/**`] : [`src/f${folder}/file-${file}.ts`];
  };
  const waiting = Array.from({ length: 200 }, (_, index): WaitingTask => {
    const place = { key: `task-${index}`, repositoryId: 1, installationId: 1, issue: index };
    return {
      ...place,
      since: `2026-11-28T10:00:00.${String(index).padStart(3, "0")}Z`,
      scope: scopeOf(),
      openDependencies: [],
    };
  });
  const world: World = { waiting: [...waiting], occupying: [], step: 0, started: new Map() };

  while (world.started.size < 200 && world.step < 5_000) {
    release(world, { workers: 6 });
    const pairs = world.occupying.flatMap((a, at) =>
      world.occupying.slice(at + 1).map((b) => [a, b] as const),
    );
    expect(pairs.filter(([a, b]) => scopesOverlap(a.scope, b.scope))).toEqual([]);
    const busy = world.occupying.filter(({ stage }) => stage !== "proposed").length;
    const isFree = (task: WaitingTask): boolean =>
      [...world.occupying, ...world.waiting.filter(({ since }) => since < task.since)].every(
        ({ scope }) => !scopesOverlap(scope, task.scope),
      );
    // Six are at work and two wait for a worker, or there is nobody left who could run beside them.
    if (busy < 8) expect(world.waiting.filter(isFree)).toEqual([]);
    advance(world, random);
  }

  expect(world.started.size).toBe(200);
  // Who overlaps with an earlier one starts behind it.
  for (const [at, task] of waiting.entries())
    for (const other of waiting.slice(at + 1))
      if (scopesOverlap(task.scope, other.scope))
        expect(world.started.get(task.key)).toBeLessThan(world.started.get(other.key) ?? -1);
});

test("10 installations, one of which floods: the others wait no longer than fair shares say", () => {
  const random = seededNumbers(seed);
  const workers = 4;
  const taskOf = (installationId: number, nth: number, minute: number): WaitingTask => ({
    ...{
      key: `${installationId}-${nth}`,
      repositoryId: installationId * 1_000 + (nth % 50),
      installationId,
      issue: nth,
    },
    since: new Date(Date.UTC(2026, 10, 28, 10, minute)).toISOString(),
    ...{ scope: [`src/${nth}/**`], openDependencies: [] },
  });
  const flood = Array.from({ length: 300 }, (_, nth) => taskOf(1, nth, 0));
  const others = Array.from({ length: 9 }, (_, at) => [0, 1, 2].map((nth) => taskOf(at + 2, nth, 1))).flat();
  const world: World = { waiting: [...flood], occupying: [], step: 0, started: new Map() };
  release(world, { workers });
  world.waiting.push(...others);

  for (let ended = 0; ended < 200; ended++) {
    const atWork = world.occupying.filter(({ stage }) => stage === "working");
    const one = atWork[Math.floor(random() * atWork.length)];
    world.occupying = world.occupying.filter((other) => other !== one);
    world.step += 1;
    release(world, { workers });
  }

  const waitOf = (task: WaitingTask): number => world.started.get(task.key) ?? Number.POSITIVE_INFINITY;
  // The nth task of each starts by its nth round, in which each installation gets one; the flood had what was free before.
  for (const [at, task] of others.entries())
    expect(waitOf(task)).toBeLessThanOrEqual(((at % 3) + 1) * 10 + workers + 2);
});
