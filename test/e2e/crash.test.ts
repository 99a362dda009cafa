import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { processesWith } from "../support/processes.ts";
import { type Killed, killInAttempt, type Trace, traceAll } from "./kill.ts";
import { type Lane, openLane } from "./lane.ts";
import { attemptMoments, type Moment, randomMoments } from "./moments.ts";
import { showTable } from "./show-table.ts";
import { solutions } from "./story.ts";

/** As many services as are killed and started side by side: most of each one's time is waiting. */
const laneCount = 3;
const seed = Number(process.env.SEED ?? Date.now() % 100_000);
const moments = [...attemptMoments, ...randomMoments(seed, 3)];
const lanes: Lane[] = [];
const found = new Map<Moment, { killed: Killed; trace: Trace }>();

beforeAll(async () => {
  lanes.push(...(await Promise.all(Array.from({ length: laneCount }, () => openLane()))));
  await Promise.all(
    lanes.map(async (lane, index) => {
      await lane.start();
      const killed: Killed[] = [];
      for (const moment of moments.filter((_, position) => position % laneCount === index))
        killed.push(await killInAttempt(lane, moment, `owner-${moments.indexOf(moment)}`));
      const { exit, traces } = await traceAll(lane, killed);
      expect(exit).toEqual({ code: 0, signal: null });
      for (const [position, trace] of traces.entries()) {
        const one = killed[position];
        if (one) found.set(one.moment, { killed: one, trace });
      }
    }),
  );
}, 180_000);

afterAll(async () => {
  showTable(
    `Killed with -9 in the first attempt (seed ${seed})`,
    moments.flatMap((moment) => found.get(moment) ?? []),
  );
  await Promise.all(lanes.map((lane) => lane.close()));
});

describe("killed with -9 and started again, there is still one of each and the work is there", () => {
  test.each(moments.map((moment) => [moment.name, moment] as const))("%s", (_, moment) => {
    const { killed, trace } = found.get(moment) ?? {};
    if (!killed || !trace) throw new Error("the moment never came");

    expect(trace.branches).toEqual(["agent/1-answer-with-42"]);
    expect(trace.commits).toHaveLength(1);
    expect(trace.pullRequests).toEqual([
      { draft: true, state: "open", verdict: "passed", attempts: [`1 ${trace.commits[0]}`] },
    ]);
    expect(trace.statusComments).toEqual(["📝 Draft pull request open"]);
    expect(trace.otherComments).toBe(0);
    expect(trace.checkRuns).toEqual([`drafthorse/validation ${trace.commits[0]} success`]);
    expect(trace.created).toEqual({
      "check.created": 1,
      "comment.created": 1,
      "pull.created": 1,
      "ref.created": 1,
    });
    expect(trace.answer).toBe(solutions.first.trimEnd());
    expect(trace.trees[0]?.evidence).toBe(trace.trees[0]?.branch);
    expect(trace.ledger).toMatchObject({ state: "proposed", pullRequest: 2, attempts: [{ number: 1 }] });
    expect(moment.last.length === 0 || moment.last.includes(trace.lastStep) ? "" : trace.lastStep).toBe("");
  });
});

test("each durable step was hit before and after", () => {
  const hit = new Set([...found.values()].map(({ trace }) => trace.lastStep));

  expect([...hit].sort()).toEqual(
    [
      "nothing",
      "accepted",
      "queued",
      "started",
      "checked out",
      "agent done",
      "proved",
      "committed",
      "PR opened",
      "reported",
      "published",
    ].sort(),
  );
});

test("every request was one that GitHub takes", async () => {
  for (const lane of lanes) expect(await lane.double.violations()).toEqual([]);
});

test("nothing is left of the attempts: no worktree, no process", async () => {
  for (const { dataDir } of lanes) {
    expect(await readdir(join(dataDir, "attempts"))).toEqual([]);
    expect(processesWith(dataDir)).toBe(0);
  }
});
