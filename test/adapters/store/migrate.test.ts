import { PGlite } from "@electric-sql/pglite";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { Redis } from "ioredis";
import { pglitePool } from "../../../src/adapters/store/embedded/pglite-pool.ts";
import { migrateRedis } from "../../../src/adapters/store/redis/migrate-redis.ts";
import { keys } from "../../../src/adapters/store/redis/redis-keys.ts";
import { redisTasks } from "../../../src/adapters/store/redis/redis-tasks.ts";
import { migrateSql } from "../../../src/adapters/store/sql/migrate-sql.ts";
import { sqlTasks } from "../../../src/adapters/store/sql/sql-tasks.ts";
import { type StoreMigration, storeMigrations } from "../../../src/adapters/store/store-migrations.ts";
import { type TaskRecords, versionedTasks } from "../../../src/adapters/store/versioned-tasks.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { type RedisServer, redisServer } from "../../support/redis-server.ts";
import { parkedIssue, type RecordOf01, recordsOf01, tablesOf01 } from "./first-ledger.ts";

/** One engine with a ledger of version 0.1 in it, as its own commands see it. */
type Engine = {
  open(): Promise<void>;
  close(): Promise<void>;
  records(): TaskRecords;
  migrate(known?: StoreMigration[]): Promise<void>;
  made(): Promise<number[]>;
};

const next = storeMigrations.length + 1;

/** What a next version might add: `sql` and `redis` make something, so that one can see whether they ran. */
const added = (breaking: boolean, sql: string[] = [], redis = ""): StoreMigration[] => [
  ...storeMigrations,
  { number: next, breaking, what: "for a test", sql, redis },
];

function embedded(): Engine {
  let database: PGlite;
  const sql = () => pglitePool(database);
  return {
    async open() {
      database = await PGlite.create();
      await database.exec(tablesOf01);
      for (const record of recordsOf01) await insert(database, record);
    },
    close: () => database.close(),
    records: () => sqlTasks(sql()),
    migrate: (known) => migrateSql(sql(), known),
    async made() {
      const { rows } = await sql().query<{ number: number }>(
        "select number from drafthorse.migration order by 1",
      );
      return rows.map(({ number }) => number);
    },
  };
}

async function insert(database: PGlite, { key, issueNumber, text, live }: RecordOf01): Promise<void> {
  const statement = `insert into drafthorse.task (key, version, task, repository_id, issue_number, live)
    values ($1, 1, $2, 1, $3, $4)`;
  await database.query(statement, [key, text, issueNumber, live]);
}

function redis(): Engine {
  let server: RedisServer;
  let client: Redis;
  return {
    async open() {
      server = await redisServer();
      client = new Redis(server.url);
      for (const { key, issueNumber, text, live } of recordsOf01) {
        await client.hset(keys.task(key), { version: "1", text });
        await client.sadd(keys.issue(1, issueNumber), key);
        if (live) await client.sadd(keys.live, key);
      }
    },
    async close() {
      client.disconnect();
      await server.remove();
    },
    records: () => redisTasks(client),
    migrate: (known) => migrateRedis(client, known),
    async made() {
      return (await client.hkeys(keys.migrations)).map(Number).sort((a, b) => a - b);
    },
  };
}

describe.each([
  ["embedded", embedded],
  ["redis", redis],
])("a ledger of version 0.1 (%s)", (_, make) => {
  const engine = make();
  const log = recordingLog();
  const tasks = () => versionedTasks(engine.records(), { changeWaitMs: 10_000, log });
  const id = (issueNumber: number) => ({ repositoryId: 1, issueNumber, round: 1 });
  beforeAll(() => engine.open());
  afterAll(() => engine.close());

  test("is brought up to this version, once, however many processes start", async () => {
    await Promise.all([engine.migrate(), engine.migrate(), engine.migrate()]);
    await engine.migrate();

    expect(await engine.made()).toEqual(storeMigrations.map(({ number }) => number));
  });

  test.each(recordsOf01.slice(0, -1))("goes on with $key", async ({ issueNumber, text }) => {
    const before = JSON.parse(text);

    const changed = await tasks().change(id(issueNumber), (task) => ({
      task: { ...task, fence: task.fence + 1 },
      entries: [],
    }));

    expect(changed).toEqual({ ...before, fence: 1 });
    expect(JSON.parse((await engine.records().read(`task-1-${issueNumber}-1`))?.text ?? "")).toEqual(changed);
  });

  test("is stopped by a state that this version does not know at that task alone", async () => {
    const live = recordsOf01.filter((record) => record.live && record.issueNumber !== parkedIssue);

    const found = await tasks().find({ live: true });
    await tasks().find({ live: true });

    expect(found.map((task) => task.id.issueNumber).sort((a, b) => a - b)).toEqual(
      live.map(({ issueNumber }) => issueNumber),
    );
    await expect(tasks().find({ repositoryId: 1, issueNumber: parkedIssue })).rejects.toThrow(
      /cannot be read/,
    );
    await expect(tasks().read(id(parkedIssue))).rejects.toMatchObject({ kind: "storage" });
  });

  test("has every task that this version can read in its lists", async () => {
    const states = recordsOf01.slice(0, -1).map(({ text }) => JSON.parse(text).state);
    const listed = await tasks().select({ repositories: [1], states, skip: 0, limit: 100 });

    expect(listed.map(({ state }) => state).sort()).toEqual([...states].sort());
    expect(await tasks().count()).toEqual(
      expect.arrayContaining(states.map((state) => ({ repositoryId: 1, state, count: 1 }))),
    );
  });

  test("finds the tasks of before the migrations by what later versions look for", async () => {
    const live = recordsOf01.filter((record) => record.live && record.issueNumber !== parkedIssue);

    const ofRepository = await tasks().find({ live: true, repositoryId: 1 });
    const queued = await tasks().find({ live: true, installationId: 1, states: ["queued"] });

    expect(ofRepository).toHaveLength(live.length);
    expect(queued.map(({ state }) => state)).toEqual(["queued"]);
  });

  test("takes no part of a migration that fails", async () => {
    const broken = added(false, ["create table drafthorse.half (n integer)", "select 1 / 0"], "error('no')");

    await expect(engine.migrate(broken)).rejects.toThrow();

    expect(await engine.made()).not.toContain(next);
    const whole = added(false, ["create table drafthorse.half (n integer)"], "redis.call('SET', 'half', 1)");
    await engine.migrate(whole);
    expect(await engine.made()).toContain(next);
  });

  test("is opened where a newer version added what breaks nothing, and refused where it broke something", async () => {
    await engine.migrate();
    const breaking = { number: next + 1, breaking: true, what: "for a test", sql: [], redis: "" };
    await engine.migrate([...added(false), breaking]);

    await expect(engine.migrate()).rejects.toMatchObject({
      kind: "storage",
      message: expect.stringMatching(/newer version.*migration \d+.*Start that version or a newer one/),
    });
  });
});
