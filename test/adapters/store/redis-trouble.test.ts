import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Queue } from "bullmq";
import { Redis } from "ioredis";
import { openRedisStore } from "../../../src/adapters/store/redis/open-redis-store.ts";
import type { Store } from "../../../src/adapters/store/store.ts";
import { gate } from "../../support/gate.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { type RedisServer, redisServer } from "../../support/redis-server.ts";
import { untilDone } from "../../support/until-done.ts";
import { untilHeard } from "./broadcast-contract.ts";
import { created, delivery, job } from "./samples.ts";

const clock = { now: () => new Date() };
let server: RedisServer;
let log: ReturnType<typeof recordingLog>;

async function opened(): Promise<Store> {
  return await openRedisStore({
    url: server.url,
    clock,
    log,
    times: { jobLockMs: 1_000, stalledCheckMs: 500 },
  });
}

beforeEach(() => {
  log = recordingLog();
});
afterEach(() => server.remove());

describe("a Redis that is not durable", () => {
  test.each([
    ["appendonly", "no", /config set appendonly yes/],
    ["maxmemory-policy", "allkeys-lru", /config set maxmemory-policy noeviction/],
    ["maxmemory-policy", "volatile-ttl", /config set maxmemory-policy noeviction/],
  ])("is refused with the repair: %s %s", async (setting, value, repair) => {
    server = await redisServer({ [setting]: value });

    await expect(opened()).rejects.toMatchObject({ kind: "storage", message: expect.stringMatching(repair) });
  });

  test("is warned of if it flushes once a second", async () => {
    server = await redisServer({ appendfsync: "everysec" });

    await (await opened()).close();

    expect(log.lines).toEqual([
      {
        ...{ level: "warn", message: "the store may lose its last writes" },
        fields: { why: expect.anything(), repair: expect.stringContaining("set appendfsync always") },
      },
    ]);
  });

  test("is warned of if it does not let us look, and refused if INFO shows that it evicts", async () => {
    server = await redisServer();
    await server.command("ACL", "SETUSER", "default", "-config");

    await (await opened()).close();
    expect(log.lines).toEqual([
      {
        ...{ level: "warn", message: "the store may lose its last writes" },
        fields: { why: expect.stringContaining("was not checked"), repair: expect.anything() },
      },
    ]);

    await server.command("ACL", "SETUSER", "default", "+config");
    await server.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    await server.command("ACL", "SETUSER", "default", "-config");
    await expect(opened()).rejects.toMatchObject({
      kind: "storage",
      message: expect.stringContaining("evict"),
    });
  });

  test("is refused at once if it is not there", async () => {
    server = await redisServer();
    await server.kill("SIGKILL");

    await expect(opened()).rejects.toMatchObject({ kind: "storage" });
  });
});

describe("a Redis in trouble", () => {
  let store: Store;

  beforeEach(async () => {
    server = await redisServer();
    store = await opened();
  });
  afterEach(() => store.close());

  const troubles: Record<string, { begin(): Promise<unknown>; end(): Promise<unknown> }> = {
    paused: { begin: async () => server.pause(), end: async () => server.resume() },
    killed: { begin: () => server.kill("SIGKILL"), end: () => server.start() },
    "out of memory": {
      begin: () => server.command("CONFIG", "SET", "maxmemory", "1"),
      end: () => server.command("CONFIG", "SET", "maxmemory", "0"),
    },
    "read-only": {
      begin: () => server.command("REPLICAOF", "127.0.0.1", "1"),
      end: () => server.command("REPLICAOF", "NO", "ONE"),
    },
    "unable to save": { begin: () => breakSaving(), end: () => server.command("CONFIG", "SET", "save", "") },
  };

  test.each(Object.keys(troubles))(
    "refuses soon what it cannot keep, and goes on when it is over: %s",
    async (name) => {
      const trouble = troubles[name];
      await trouble?.begin();
      const began = performance.now();

      const answers = await Promise.allSettled([
        store.inbox.store(delivery("refused")),
        store.tasks.create(created()),
        store.queue.add(job(1)),
      ]);

      // GitHub gives a delivery up after 10 s.
      expect(performance.now() - began).toBeLessThan(10_000);
      for (const answer of answers)
        expect(answer).toMatchObject({ status: "rejected", reason: { kind: "storage", name: "Failure" } });

      await trouble?.end();
      await untilDone(() => store.inbox.store(delivery("afterwards")));
      expect((await store.inbox.pending(10)).map(({ body }) => body)).toContain("afterwards");
    },
  );

  test("lets a worker and a listener go on when it is back", async () => {
    const handled = gate<number>();
    const heard: string[] = [];
    store.broadcast.listen((text) => heard.push(text));
    await untilHeard(store, heard, "before");
    await store.queue.work({ concurrency: 1, handle: async ({ task }) => handled.open(task.issueNumber) });
    await server.kill("SIGKILL");
    await server.start();

    await untilDone(() => store.queue.add(job(5)));

    expect(await handled.passed).toBe(5);
    await untilHeard(store, heard, "afterwards");
    expect(log.lines.every(({ level }) => level === "warn")).toBe(true);
  });

  test.each(["killed", "paused"])("can stop while it is %s, and loses no job by it", async (name) => {
    const trouble = troubles[name];
    const started = gate();
    const stop = await store.queue.work({
      concurrency: 1,
      handle: async (_, { signal }) => {
        started.open();
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
        throw new Error("interrupted");
      },
    });
    await store.queue.add(job(7));
    await started.passed;
    await trouble?.begin();
    const began = performance.now();

    await stop();
    await store.close();
    // The default of SHUTDOWN_GRACE.
    expect(performance.now() - began).toBeLessThan(30_000);

    await trouble?.end();
    store = await opened();
    const handled = gate<number>();
    await store.queue.work({ concurrency: 1, handle: async ({ task }) => handled.open(task.issueNumber) });
    expect(await handled.passed).toBe(7);
  });

  test("drops a job that cannot be read, says so, and goes on", async () => {
    const connection = new Redis(server.url);
    const queue = new Queue("jobs", { connection, prefix: "drafthorse" });
    await queue.add(
      "attempt",
      { kind: "attempt", task: "none" },
      { jobId: "broken", removeOnComplete: true },
    );
    await queue.close();
    connection.disconnect();
    const handled = gate<number>();

    await store.queue.work({ concurrency: 1, handle: async ({ task }) => handled.open(task.issueNumber) });
    await store.queue.add(job(6));

    expect(await handled.passed).toBe(6);
    expect(log.lines).toEqual([
      { level: "error", fields: expect.objectContaining({ job: "broken" }), message: expect.anything() },
    ]);
  });

  test("does not leave a worker behind that could not begin", async () => {
    await server.kill("SIGKILL");

    const begun = store.queue.work({ concurrency: 1, handle: async () => undefined });

    await expect(begun).rejects.toMatchObject({ kind: "storage" });
  });

  test("loses nothing that it acknowledged before it was killed", async () => {
    const acknowledged: string[] = [];
    const full = gate();
    const filling = (async () => {
      for (let number = 1; ; number += 1) {
        await store.inbox.store(delivery(`delivery ${number}`));
        acknowledged.push(`delivery ${number}`);
        if (number === 500) full.open();
      }
    })().catch(() => undefined);
    await full.passed;

    await server.kill("SIGKILL");
    await filling;
    await server.start();

    await untilDone(() => store.inbox.pending(1));
    const kept = new Set((await store.inbox.pending(100_000)).map(({ body }) => body));
    expect(acknowledged.length).toBeGreaterThanOrEqual(500);
    expect(acknowledged.filter((body) => !kept.has(body))).toEqual([]);
  });
});

/** Makes the next snapshot fail, so that Redis refuses writes (MISCONF): the snapshot's name is taken by a directory. */
async function breakSaving(): Promise<void> {
  await mkdir(join(server.directory, "dump.rdb"));
  await server.command("CONFIG", "SET", "save", "3600 1");
  await server.command("BGSAVE");
  while (!(await server.command("INFO", "persistence")).includes("rdb_last_bgsave_status:err")) {}
}
