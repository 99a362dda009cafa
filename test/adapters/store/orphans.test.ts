import { join } from "node:path";
import { afterEach, expect, test } from "@jest/globals";
import { openEmbeddedStore } from "../../../src/adapters/store/embedded/open-embedded-store.ts";
import { foundStore } from "../../support/found-store.ts";
import { gate } from "../../support/gate.ts";
import { type LineProcess, lineProcess } from "../../support/line-process.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { job } from "./samples.ts";

/** Longer than any test waits: what a killed process held would not be free in time by itself. */
const longTimes = { jobLockMs: 600_000, lockLeaseMs: 600_000 };

const fixture = join(import.meta.dirname, "store-process.js");
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function killedWhile(directory: string, role: string, says: string): Promise<void> {
  const child: LineProcess = lineProcess(fixture, ["embedded", directory, role, JSON.stringify(longTimes)]);
  cleanups.push(() => child.kill());
  await child.until((line) => line === says);
  await child.kill();
}

test("what a killed process held in the embedded store is free as soon as the next one opens it", async () => {
  const { directory: dataDir, remove } = await temporaryDirectory();
  cleanups.push(remove);
  await foundStore(dataDir);
  const directory = join(dataDir, "store");
  await killedWhile(directory, "work", "working");
  await killedWhile(directory, "hold", "holding");

  const clock = { now: () => new Date() };
  const store = await openEmbeddedStore({ directory, clock, log: recordingLog(), times: longTimes });
  cleanups.push(() => store.close());
  const taken = gate<unknown>();
  await store.queue.work({ concurrency: 1, handle: async (one) => taken.open(one) });

  expect(await taken.passed).toEqual(job(1));
  expect(await store.locks.exclusively("held", async () => "free")).toBe("free");
});
