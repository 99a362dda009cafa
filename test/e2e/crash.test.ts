import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { processesWith } from "../support/processes.ts";
import { expectOneProposal } from "./expect-one.ts";
import { killInAttempt } from "./kill.ts";
import { attemptMoments, randomMoments } from "./moments.ts";
import { type Findings, runMoments } from "./run-moments.ts";
import { showTable } from "./show-table.ts";

const seed = Number(process.env.SEED ?? Date.now() % 100_000);
const moments = [...attemptMoments, ...randomMoments(seed, 3)];
const durableSteps = [
  "nothing",
  "accepted",
  "queued",
  "started",
  "checked out",
  "tried",
  "agent done",
  "proved",
  "committed",
  "attested",
  "PR opened",
  "reported",
  "published",
];
let findings: Findings;

beforeAll(async () => {
  findings = await runMoments(moments, 3, killInAttempt);
});

afterAll(async () => {
  showTable(`Killed with -9 in the first attempt (seed ${seed})`, findings.all());
  await findings.close();
});

describe("killed with -9 and started again, there is still one of each and the work is there", () => {
  test.each(moments.map((moment) => [moment.name, moment] as const))("%s", (_, moment) => {
    const { trace } = findings.of(moment);

    expectOneProposal(trace);
    expect(trace.otherComments).toEqual([]);
    expect(trace.ledger).toMatchObject({ state: "proposed", pullRequest: 2, attempts: [{ number: 1 }] });
    expect(moment.last.length === 0 || moment.last.includes(trace.lastStep) ? "" : trace.lastStep).toBe("");
  });
});

test("each durable step was hit", () => {
  const hit = new Set(findings.all().map(({ trace }) => trace.lastStep));
  const others = [...hit].filter((step) => !durableSteps.includes(step));

  expect([...hit]).toEqual(expect.arrayContaining(durableSteps));
  expect(others).toEqual([]);
});

test("every request was one that GitHub takes", async () => {
  for (const lane of findings.lanes) expect(await lane.double.violations()).toEqual([]);
});

test("nothing is left of the attempts: no worktree, no process", async () => {
  for (const { dataDir } of findings.lanes) {
    expect(await readdir(join(dataDir, "attempts"))).toEqual([]);
    expect(processesWith(dataDir)).toBe(0);
  }
});

test("told to stop, every service ended well", () => {
  expect(findings.exits).toEqual(findings.lanes.map(() => ({ code: 0, signal: null })));
});
