import { expect, test } from "@jest/globals";
import { openAttemptEvents } from "../../src/adapters/host/open-attempt-events.ts";
import { reportWorker } from "../../src/adapters/host/report-worker.ts";
import { openMemoryStore } from "../../src/adapters/store/memory/open-memory-store.ts";
import { forgottenMs } from "../../src/domain/host/living-worker.ts";
import { recordingLog } from "../support/recording-log.ts";

test("a worker says what it does, and is forgotten when it stops or falls silent", async () => {
  const time = { ms: Date.UTC(2026, 10, 21) };
  const clock = { now: () => new Date(time.ms) };
  const { workers, broadcast } = openMemoryStore({ clock });
  const log = recordingLog();
  const events = openAttemptEvents(log, broadcast);
  const beats: (() => Promise<void>)[] = [];
  const timer = {
    every: (_: number, action: () => Promise<void>) => {
      beats.push(action);
      return () => void beats.splice(beats.indexOf(action), 1);
    },
  };
  const beat = async () => {
    for (const action of beats) await action();
  };
  const worker = reportWorker({ workers, events, timer, clock, log }, { concurrency: 2 });
  const task = { repositoryId: 1, issueNumber: 2, round: 1 };
  const seen = async () => (await workers.list()).map(({ work }) => work.map(({ step }) => step));

  await worker.during({ kind: "attempt", task, attempt: 1 }, async () => {
    await beat();
    expect(await seen()).toEqual([[null]]);
    events.tell({ kind: "step begun", task, attempt: 1, fence: 1, step: "proved" });
    await beat();
    expect(await seen()).toEqual([["proved"]]);
  });
  await beat();
  expect(await seen()).toEqual([[]]);
  time.ms += forgottenMs + 1;
  expect(await seen()).toEqual([]);
  await beat();
  expect(await seen()).toEqual([[]]);

  await worker.stop();
  await beat();
  expect(await seen()).toEqual([]);
});
