import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { createPostgresBackend, DEFAULT_SCHEMA, runMigrations } from "bullmq";
import type { Clock, Log } from "../../../ports.ts";
import { leasedLocks } from "../leased-locks.ts";
import { memoryBroadcast } from "../memory/memory-broadcast.ts";
import { bullQueue } from "../redis/bull-queue.ts";
import { migrateSql } from "../sql/migrate-sql.ts";
import { sqlInbox } from "../sql/sql-inbox.ts";
import { sqlLeases } from "../sql/sql-leases.ts";
import { sqlTasks } from "../sql/sql-tasks.ts";
import { sqlWorkers } from "../sql/sql-workers.ts";
import { storageFailure } from "../storage-failure.ts";
import type { Store } from "../store.ts";
import { type StoreTimes, storeTimes } from "../store-times.ts";
import { versionedTasks } from "../versioned-tasks.ts";
import { freeOrphans } from "./free-orphans.ts";
import { keepHouse } from "./keep-house.ts";
import { lockDirectory } from "./lock-directory.ts";
import { openPglite } from "./open-pglite.ts";
import { type PglitePool, pglitePool } from "./pglite-pool.ts";

type EmbeddedStoreOptions = { directory: string; clock: Clock; log: Log; times?: Partial<StoreTimes> };

/** Opens the engine inside this process, in a directory that no other process may use meanwhile. */
export async function openEmbeddedStore(options: EmbeddedStoreOptions): Promise<Store> {
  await mkdir(options.directory, { recursive: true });
  const unlock = await lockDirectory(options.directory);
  let database: PGlite | undefined;
  const shut = async (): Promise<void> => {
    await database?.close();
    await unlock();
  };
  try {
    database = await openPglite(join(options.directory, "database"));
    const pool = pglitePool(database);
    await prepareDatabase(pool);
    const store = await storeOn(pool, options);
    return { ...store, close: () => store.close().finally(shut) };
  } catch (thrown) {
    await shut();
    throw storageFailure(`open the database in ${options.directory}`, thrown);
  }
}

async function prepareDatabase(pool: PglitePool): Promise<void> {
  await runMigrations(pool, DEFAULT_SCHEMA);
  // BullMQ's statements name no schema, ours always do.
  await pool.query(`set search_path to ${DEFAULT_SCHEMA}`);
  await migrateSql(pool);
  await freeOrphans(pool);
}

async function storeOn(pool: PglitePool, { log, clock, ...options }: EmbeddedStoreOptions): Promise<Store> {
  const times = { ...storeTimes, ...options.times };
  const source = { backend: createPostgresBackend, adding: pool, working: pool };
  const queue = await bullQueue({ source, times, log });
  const stopHousekeeping = keepHouse(pool, { everyMs: times.housekeepingMs, log });
  return {
    inbox: sqlInbox(pool, { clock }),
    tasks: versionedTasks(sqlTasks(pool), { ...times, log }),
    locks: leasedLocks({ leases: sqlLeases(pool, times), times, log }),
    queue,
    workers: sqlWorkers(pool),
    broadcast: memoryBroadcast(),
    close: () => queue.close().finally(stopHousekeeping),
  };
}
