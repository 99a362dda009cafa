import { createPostgresBackend, DEFAULT_SCHEMA, type PostgresConnectionOptions, runMigrations } from "bullmq";
import type { Pool } from "pg";
import type { StoreFault } from "../../../domain/host/store-fault.ts";
import { describeSystemError } from "../../../domain/host/system-error.ts";
import type { Clock, Log } from "../../../ports.ts";
import { leasedLocks } from "../leased-locks.ts";
import { bullQueue } from "../redis/bull-queue.ts";
import { refuseFaults } from "../refuse-faults.ts";
import { migrateSql } from "../sql/migrate-sql.ts";
import { sqlInbox } from "../sql/sql-inbox.ts";
import { sqlLeases } from "../sql/sql-leases.ts";
import { sqlTasks } from "../sql/sql-tasks.ts";
import { sqlWorkers } from "../sql/sql-workers.ts";
import { storageFailure } from "../storage-failure.ts";
import type { Store } from "../store.ts";
import { type StoreTimes, storeTimes } from "../store-times.ts";
import { versionedTasks } from "../versioned-tasks.ts";
import { postgresBroadcast } from "./postgres-broadcast.ts";
import { postgresConnections } from "./postgres-connections.ts";
import { postgresFaults } from "./postgres-faults.ts";

type PostgresStoreOptions = { url: string; clock: Clock; log: Log; times?: Partial<StoreTimes> };

/** How long a start may wait for its own migrations, and for another one's, in milliseconds. */
const migrationMs = 60_000;

/** Opens the engine on a PostgreSQL server, for many processes on many machines; refuses one that is not durable. */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const { url, clock, log } = options;
  const times = { ...storeTimes, ...options.times };
  await migratePostgres(url, { times, log });
  const { pool, end } = postgresConnections(url, { times, log });
  // A caller learns soon that PostgreSQL is stuck; the server gives the statement up as well.
  const bounded = { query_timeout: times.commandMs, statement_timeout: times.commandMs };
  const commands = pool(bounded);
  const working = pool();
  const broadcast = postgresBroadcast({ sending: commands, hearing: pool({ ...bounded, max: 1 }), log });
  try {
    const source = { backend: createPostgresBackend, adding: forBull(commands), working: forBull(working) };
    const queue = await bullQueue({ source, times, log });
    return {
      inbox: sqlInbox(commands, { clock }),
      tasks: versionedTasks(sqlTasks(commands), { ...times, log }),
      locks: leasedLocks({ leases: sqlLeases(commands, times), times, log }),
      queue,
      workers: sqlWorkers(commands),
      broadcast,
      close: () => {
        broadcast.close();
        return queue.close().finally(end);
      },
    };
  } catch (thrown) {
    await end();
    throw opening(thrown);
  }
}

/** Checks and migrates on a connection of its own: a migration may take longer than any other command. */
async function migratePostgres(url: string, options: { times: StoreTimes; log: Log }): Promise<void> {
  const { client, end } = postgresConnections(url, options);
  const only = client({ query_timeout: migrationMs, lock_timeout: migrationMs });
  try {
    await only.connect();
    refuseFaults(await postgresFaults(only), options.log);
    await runMigrations(only, DEFAULT_SCHEMA);
    await migrateSql(only);
  } catch (thrown) {
    throw opening(thrown);
  } finally {
    await end();
  }
}

/** What this PostgreSQL would lose, asked on a connection of its own; rejects as `openPostgresStore` does. */
export async function examinePostgres({
  url,
  log,
}: Pick<PostgresStoreOptions, "url" | "log">): Promise<StoreFault[]> {
  const { client, end } = postgresConnections(url, { times: storeTimes, log });
  const { commandMs } = storeTimes;
  const only = client({ query_timeout: commandMs, statement_timeout: commandMs });
  try {
    await only.connect();
    return await postgresFaults(only);
  } catch (thrown) {
    throw opening(thrown);
  } finally {
    await end();
  }
}

function opening(thrown: unknown): Error {
  const cause = describeSystemError(thrown);
  const repair = "Start PostgreSQL there, or mend DATABASE_URL.";
  return storageFailure(
    "open PostgreSQL",
    cause === undefined ? thrown : new Error(`${cause}. ${repair}`, { cause: thrown }),
  );
}

/** BullMQ describes a pool by an interface that takes read-only lists, which the types of `pg` do not say. */
function forBull(pool: Pool): PostgresConnectionOptions {
  return pool as unknown as PostgresConnectionOptions;
}
