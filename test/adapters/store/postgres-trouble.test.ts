import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "@jest/globals";
import { openPostgresStore } from "../../../src/adapters/store/postgres/open-postgres-store.ts";
import type { Store } from "../../../src/adapters/store/store.ts";
import { gate } from "../../support/gate.ts";
import { type PostgresServer, postgresServer } from "../../support/postgres-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { untilDone } from "../../support/until-done.ts";
import { untilHeard } from "./broadcast-contract.ts";
import { created, delivery, job } from "./samples.ts";

const clock = { now: () => new Date() };
let server: PostgresServer;
let log: ReturnType<typeof recordingLog>;

async function opened(url = server.url): Promise<Store> {
  return await openPostgresStore({ url, clock, log, times: { jobLockMs: 1_000, stalledCheckMs: 500 } });
}

/** The same server for who asks for a setting of their own, as a role or a database can have it. */
function withSetting(setting: string): string {
  return `${server.url}&options=${encodeURIComponent(`-c ${setting}`)}`;
}

beforeAll(async () => {
  server = await postgresServer();
});
beforeEach(() => {
  log = recordingLog();
});
afterAll(() => server.remove());

describe("a PostgreSQL that is not durable", () => {
  test.each([
    ["synchronous_commit=off", /acknowledges before it has written.*set synchronous_commit = on/],
    ["default_transaction_read_only=on", /only reads here.*name the primary/],
  ])("is refused with the repair: %s", async (setting, repair) => {
    await expect(opened(withSetting(setting))).rejects.toMatchObject({
      kind: "storage",
      message: expect.stringMatching(repair),
    });
  });

  test.each([
    ["fsync", /fsync = on/],
    ["full_page_writes", /full_page_writes = on/],
  ])("is refused with the repair: %s off", async (setting, repair) => {
    await server.kill();
    await server.start({ [setting]: "off" });

    await expect(opened()).rejects.toMatchObject({ kind: "storage", message: expect.stringMatching(repair) });

    await server.kill();
    await server.start();
  });

  test("is warned of if it does not wait for its standby", async () => {
    await (await opened(withSetting("synchronous_commit=local"))).close();

    expect(log.lines).toMatchObject([
      { level: "warn", fields: { why: expect.stringContaining("fail-over") } },
    ]);
  });
});

describe("a PostgreSQL that cannot be opened", () => {
  test.each([
    [
      "is not there",
      "postgresql://drafthorse@localhost:1/postgres",
      /refuses the connection.*mend DATABASE_URL/,
    ],
    ["has no such database", () => server.url.replace("/postgres?", "/nothing?"), /"nothing" does not exist/],
    ["knows no such user", () => server.url.replace("drafthorse@", "nobody@"), /"nobody" does not exist/],
  ])("is refused at once: it %s", async (_, url, why) => {
    await expect(opened(typeof url === "string" ? url : url())).rejects.toMatchObject({
      kind: "storage",
      message: expect.stringMatching(why),
    });
  });
});

describe("a PostgreSQL in trouble", () => {
  let store: Store;

  beforeEach(async () => {
    store = await opened();
  });
  afterEach(() => store.close());

  const troubles = {
    paused: { begin: () => server.pause(), end: () => server.resume() },
    killed: { begin: () => server.kill(), end: () => server.start() },
  };

  test.each(["paused", "killed"] as const)(
    "refuses soon what it cannot keep, and goes on when it is over: %s",
    async (name) => {
      await troubles[name].begin();
      const began = performance.now();

      const answers = await Promise.allSettled([
        store.inbox.store(delivery(`refused while ${name}`)),
        store.tasks.create(created()),
        store.queue.add(job(1)),
      ]);

      // GitHub gives a delivery up after 10 s.
      expect(performance.now() - began).toBeLessThan(10_000);
      for (const answer of answers)
        expect(answer).toMatchObject({ status: "rejected", reason: { kind: "storage", name: "Failure" } });

      await troubles[name].end();
      await untilDone(() => store.inbox.store(delivery(`after being ${name}`)));
      expect((await store.inbox.pending(10)).map(({ body }) => body)).toContain(`after being ${name}`);
    },
  );

  test("lets a worker and a listener go on when it is back", async () => {
    const handled = gate<number>();
    const heard: string[] = [];
    store.broadcast.listen((text) => heard.push(text));
    await untilHeard(store, heard, "before");
    await store.queue.work({
      concurrency: 1,
      handle: async ({ task }) => {
        if (task.issueNumber === 5) handled.open(task.issueNumber);
      },
    });
    await server.kill();
    await server.start();

    await untilDone(() => store.queue.add(job(5)));

    expect(await handled.passed).toBe(5);
    await untilHeard(store, heard, "afterwards");
    expect(log.lines.every(({ level }) => level === "warn")).toBe(true);
  });

  test.each(["killed", "paused"] as const)(
    "can stop while it is %s, and loses no job by it",
    async (name) => {
      const number = name === "killed" ? 7 : 8;
      const started = gate();
      const stop = await store.queue.work({
        concurrency: 1,
        handle: async ({ task }, { signal }) => {
          if (task.issueNumber !== number) return;
          started.open();
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          throw new Error("interrupted");
        },
      });
      await store.queue.add(job(number));
      await started.passed;
      await troubles[name].begin();
      const began = performance.now();

      await stop();
      await store.close();
      // The default of SHUTDOWN_GRACE.
      expect(performance.now() - began).toBeLessThan(30_000);

      await troubles[name].end();
      store = await opened();
      const handled = gate<number>();
      await store.queue.work({
        concurrency: 1,
        handle: async ({ task }) => {
          if (task.issueNumber === number) handled.open(number);
        },
      });
      expect(await handled.passed).toBe(number);
    },
  );

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

    await server.kill();
    await filling;
    await server.start();

    await untilDone(() => store.inbox.pending(1));
    const kept = new Set((await store.inbox.pending(100_000)).map(({ body }) => body));
    expect(acknowledged.filter((body) => !kept.has(body))).toEqual([]);
  });
});
