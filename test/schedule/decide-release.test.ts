import { describe, expect, test } from "@jest/globals";
import { decideRelease } from "../../src/schedule/decide-release.ts";
import type { OccupyingTask, TurnRules, TurnSnapshot, WaitingTask } from "../../src/schedule/situation.ts";

const now = new Date("2026-11-28T15:30:00.000Z");

const rules: TurnRules = {
  overlap: "hold",
  concurrent: 2,
  concurrentInInstallation: undefined,
  openPullRequests: 10,
  dailyUsd: undefined,
  usd: 5,
  spentUsd: 0,
  reservedUsd: 0,
};

/** A task of issue N, which came in the N-th minute; its scope is a folder of its own. */
function waits(issue: number, fields: Partial<WaitingTask> = {}): WaitingTask {
  const since = new Date(Date.UTC(2026, 10, 28, 10, issue)).toISOString();
  const place = { key: `task-${issue}`, repositoryId: 1, installationId: 1, issue, since };
  return { ...place, scope: [`src/${issue}/**`], openDependencies: [], ...fields };
}

function occupies(
  issue: number,
  stage: OccupyingTask["stage"],
  fields: Partial<OccupyingTask> = {},
): OccupyingTask {
  const { since: _, openDependencies: __, ...place } = waits(issue);
  return { ...place, stage, ...(stage === "proposed" && { pullRequest: issue + 100 }), ...fields };
}

function decide(
  waiting: WaitingTask[],
  { occupying = [], ...own }: Partial<TurnRules> & { occupying?: OccupyingTask[] } = {},
) {
  const ids = new Set([...waiting, ...occupying].map(({ repositoryId }) => repositoryId));
  const all = new Map([...ids].map((id) => [id, { ...rules, ...own }]));
  const { start, held } = decideRelease({ waiting, occupying, rules: all, now });
  return { start, held: Object.fromEntries(held) };
}

test("the earlier goes first, whatever the order in which they are told", () => {
  expect(decide([waits(3), waits(1), waits(2)], { concurrent: 1 })).toEqual({
    start: ["task-1"],
    held: {
      "task-2": { kind: "concurrency", of: "repository", limit: 1 },
      "task-3": { kind: "concurrency", of: "repository", limit: 1 },
    },
  });
});

describe("overlap", () => {
  const wide = { scope: ["src/**"] };

  test.each<[string, OccupyingTask, object | undefined]>([
    ["one at work", occupies(1, "working"), { kind: "overlap", issue: 1 }],
    ["one that waits for a worker", occupies(1, "ready"), { kind: "overlap", issue: 1 }],
    ["one that is tried again", occupies(1, "postponed"), { kind: "overlap", issue: 1 }],
    ["an open pull request", occupies(1, "proposed"), { kind: "overlap", issue: 1, pullRequest: 101 }],
    ["another folder", occupies(1, "proposed", { scope: ["docs/**"] }), undefined],
    ["another repository", occupies(1, "working", { repositoryId: 2 }), undefined],
    ["the whole repository", occupies(1, "working", { scope: [] }), { kind: "overlap", issue: 1 }],
  ])("with %s", (_, occupying, hold) => {
    const { start, held } = decide([waits(2, wide)], { occupying: [occupying] });

    expect(held["task-2"]).toEqual(hold);
    expect(start).toEqual(hold ? [] : ["task-2"]);
  });

  test("an earlier one goes first also where it waits itself, and others pass beside both", () => {
    const waiting = [waits(2, wide), waits(3), waits(4, { scope: ["docs/**"] })];

    expect(decide(waiting, { occupying: [occupies(1, "proposed")] })).toEqual({
      start: ["task-4"],
      held: {
        "task-2": { kind: "overlap", issue: 1, pullRequest: 101 },
        "task-3": { kind: "overlap", issue: 2 },
      },
    });
  });

  test("nobody waits behind one that waits for an issue", () => {
    const waiting = [waits(2, { ...wide, openDependencies: [9] }), waits(3)];

    expect(decide(waiting)).toEqual({
      start: ["task-3"],
      held: { "task-2": { kind: "depends-on", issues: [9] } },
    });
  });

  test("is no hold where the rules allow it", () => {
    const { start } = decide([waits(2, wide)], { occupying: [occupies(1, "working")], overlap: "allow" });

    expect(start).toEqual(["task-2"]);
  });
});

test.each<[string, OccupyingTask[], number, boolean]>([
  ["as many open pull requests as there may be", [occupies(1, "proposed"), occupies(2, "proposed")], 2, true],
  ["one fewer", [occupies(1, "proposed")], 2, false],
  ["one open and one under way", [occupies(1, "proposed"), occupies(2, "working")], 2, true],
  ["those of another repository", [occupies(1, "proposed", { repositoryId: 2 })], 1, false],
])("review-limit: %s", (_, occupying, openPullRequests, isHeld) => {
  const { held } = decide([waits(5)], { occupying, openPullRequests });

  expect(held["task-5"]).toEqual(isHeld ? { kind: "review-limit", limit: openPullRequests } : undefined);
});

test.each<[string, OccupyingTask[], Partial<TurnRules>, object | undefined]>([
  ["a full repository", [occupies(1, "working"), occupies(2, "ready")], {}, { of: "repository", limit: 2 }],
  [
    "a correction takes room as well",
    [occupies(1, "working", { pullRequest: 7 })],
    { concurrent: 1 },
    { of: "repository", limit: 1 },
  ],
  ["open pull requests take none", [occupies(1, "proposed"), occupies(2, "proposed")], {}, undefined],
  [
    "a full installation",
    [occupies(1, "working", { repositoryId: 2 }), occupies(2, "working", { repositoryId: 3 })],
    { concurrentInInstallation: 2 },
    { of: "installation", limit: 2 },
  ],
  [
    "two wait for a worker already",
    [occupies(1, "ready", { repositoryId: 2 }), occupies(2, "ready", { installationId: 2, repositoryId: 3 })],
    {},
    { of: "worker" },
  ],
  [
    "what is tried again later waits for no worker",
    [occupies(1, "postponed", { repositoryId: 2 }), occupies(2, "ready", { repositoryId: 3 })],
    {},
    undefined,
  ],
])("concurrency: %s", (_, occupying, own, hold) => {
  const { held } = decide([waits(5)], { occupying, ...own });

  expect(held["task-5"]).toEqual(hold && { kind: "concurrency", ...hold });
});

test.each<[string, Partial<TurnRules>, boolean]>([
  ["no bound", { spentUsd: 900 }, false],
  ["less than the bound", { dailyUsd: 20, spentUsd: 12, reservedUsd: 5 }, false],
  ["spent", { dailyUsd: 20, spentUsd: 20 }, true],
  ["set aside for what runs", { dailyUsd: 20, spentUsd: 12, reservedUsd: 10 }, true],
  ["a bound below what one attempt may cost lets one run", { dailyUsd: 4 }, false],
])("daily-budget: %s", (_, own, isHeld) => {
  const { held } = decide([waits(5)], own);

  const until = "2026-11-29T00:00:00.000Z";
  expect(held["task-5"]).toEqual(isHeld ? { kind: "daily-budget", limitUsd: 20, until } : undefined);
});

test("what starts now is set aside from the day's budget for those behind it", () => {
  const { start, held } = decide([waits(1), waits(2), waits(3)], { dailyUsd: 6, concurrent: 9 });

  expect(start).toEqual(["task-1", "task-2"]);
  expect(held["task-3"]?.kind).toBe("daily-budget");
});

describe("between installations", () => {
  const of = (installationId: number) => ({ installationId, repositoryId: installationId });

  test("the one with the least at work goes first, though it came last", () => {
    const occupying = [
      occupies(1, "working", of(1)),
      occupies(2, "ready", { installationId: 3, repositoryId: 30 }),
    ];

    expect(decide([waits(5, of(1)), waits(6, of(2))], { occupying }).start).toEqual(["task-6"]);
  });

  test("of two with as much the one that was served longest ago", () => {
    const occupying = [
      occupies(1, "working", { ...of(1), releasedAt: "2026-11-28T15:00:00.000Z" }),
      occupies(2, "working", { ...of(2), releasedAt: "2026-11-28T14:00:00.000Z" }),
      occupies(3, "ready", { installationId: 3, repositoryId: 30 }),
    ];

    expect(decide([waits(5, of(1)), waits(6, of(2))], { occupying }).start).toEqual(["task-6"]);
  });
});

test("a task whose rules nobody could read is left as it is", () => {
  const snapshot: TurnSnapshot = { waiting: [waits(1)], occupying: [], rules: new Map(), now };

  expect(decideRelease(snapshot)).toEqual({ start: [], held: new Map() });
});
