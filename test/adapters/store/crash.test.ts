import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "@jest/globals";
import { openEmbeddedStore } from "../../../src/adapters/store/embedded/open-embedded-store.ts";
import { openPostgresStore } from "../../../src/adapters/store/postgres/open-postgres-store.ts";
import { openRedisStore } from "../../../src/adapters/store/redis/open-redis-store.ts";
import type { Store } from "../../../src/adapters/store/store.ts";
import type { StoreTimes } from "../../../src/adapters/store/store-times.ts";
import type { Job } from "../../../src/domain/task/job.ts";
import { gate } from "../../support/gate.ts";
import { type LineProcess, lineProcess } from "../../support/line-process.ts";
import { postgresServer } from "../../support/postgres-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { redisServer } from "../../support/redis-server.ts";
import { temporaryDirectory } from "../../support/temporary-directory.ts";
import { delivery, job } from "./samples.ts";

type Place = {
  engine: string;
  where: string;
  open(times?: Partial<StoreTimes>): Promise<Store>;
  remove(): Promise<void>;
};

const clock = { now: () => new Date() };
const fixture = join(import.meta.dirname, "store-process.js");
const cleanups: (() => Promise<void>)[] = [];

const places: Record<string, () => Promise<Place>> = {
  async redis() {
    const server = await redisServer();
    return {
      engine: "redis",
      where: server.url,
      open: (times = {}) => openRedisStore({ url: server.url, clock, log: recordingLog(), times }),
      remove: () => server.remove(),
    };
  },
  async postgres() {
    const server = await postgresServer();
    return {
      engine: "postgres",
      where: server.url,
      open: (times = {}) => openPostgresStore({ url: server.url, clock, log: recordingLog(), times }),
      remove: () => server.remove(),
    };
  },
  async embedded() {
    const { directory, remove } = await temporaryDirectory();
    return {
      engine: "embedded",
      where: directory,
      open: (times = {}) => openEmbeddedStore({ directory, clock, log: recordingLog(), times }),
      remove,
    };
  },
};

function storeProcess(place: Place, role: string, times: Partial<StoreTimes> = {}): LineProcess {
  const child = lineProcess(fixture, [place.engine, place.where, role, JSON.stringify(times)]);
  cleanups.push(() => child.kill());
  return child;
}

async function opened(place: Place, times?: Partial<StoreTimes>): Promise<Store> {
  const store = await place.open(times);
  cleanups.push(() => store.close());
  return store;
}

/** All jobs of a store, up to `count` of them. */
async function jobsOf(store: Store, count: number): Promise<Set<number>> {
  const seen = new Set<number>();
  const all = gate();
  const stop = await store.queue.work({
    concurrency: 20,
    handle: async ({ task }) => {
      seen.add(task.issueNumber);
      if (seen.size >= count) all.open();
    },
  });
  await all.passed;
  await stop();
  return seen;
}

async function expectNothingLost(store: Store, acknowledged: number): Promise<void> {
  const digests = new Set((await store.inbox.pending(100_000)).map(({ digest }) => digest));
  const jobs = await jobsOf(store, acknowledged);
  const numbers = Array.from({ length: acknowledged }, (_, index) => index + 1);

  expect(numbers.filter((number) => !digests.has(delivery(`delivery ${number}`).digest))).toEqual([]);
  expect(numbers.filter((number) => !jobs.has(number))).toEqual([]);
}

describe.each(Object.keys(places))("after kill -9 of a process (%s)", (engine) => {
  let place: Place;

  beforeAll(async () => {
    place = await (places[engine] as () => Promise<Place>)();
  });
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  afterAll(() => place.remove());

  test("what it acknowledged is there", async () => {
    const child = storeProcess(place, "fill");
    const acknowledged = Number(await child.until((line) => Number(line) >= 200));

    await child.kill();

    await expectNothingLost(await opened(place), acknowledged);
  });

  test("its job is taken over", async () => {
    const child = storeProcess(place, "work");
    await child.until((line) => line === "working");

    await child.kill();
    const killedAt = performance.now();

    const takenOver = gate<{ job: Job; tries: number }>();
    const store = await opened(place);
    await store.queue.work({
      concurrency: 1,
      handle: async (one, { tries }) => takenOver.open({ job: one, tries }),
    });
    expect(await takenOver.passed).toEqual({ job: job(1), tries: 1 });
    const seconds = (performance.now() - killedAt) / 1_000;
    process.stderr.write(`take-over after kill -9 (${engine}): ${seconds.toFixed(1)} s\n`);
    expect(seconds).toBeLessThan(120);
  });

  test("its lock expires", async () => {
    const times = { lockLeaseMs: 1_000, lockWaitMs: 10_000 };
    const child = storeProcess(place, "hold", times);
    await child.until((line) => line === "holding");

    await child.kill();

    const store = await opened(place, times);
    expect(await store.locks.exclusively("held", async () => "free")).toBe("free");
  });
});
