import { EventEmitter } from "node:events";
import type { PGlite } from "@electric-sql/pglite";
import type { SqlClient } from "../sql/sql-client.ts";

/**
 * One connection as `pg` would hand it out. All of them are the one that PGlite is, so a transaction that spans
 * several calls needs the database for itself: only BullMQ's migrations do that, before anything else begins.
 */
class PgliteClient extends EventEmitter {
  readonly #unsubscribe: () => void;
  readonly query: SqlClient["query"];

  constructor(database: PGlite, sql: SqlClient) {
    super();
    this.query = (text, values) => sql.query(text, values);
    this.#unsubscribe = database.onNotification((channel, payload) => {
      this.emit("notification", { channel, payload });
    });
  }

  release(): void {
    this.#unsubscribe();
  }
}

/** What BullMQ's PostgreSQL backend needs of a `pg.Pool`. `keepAlive` says that a dropped connection is noticed. */
export type PglitePool = SqlClient & {
  options: { keepAlive: true };
  on(): PglitePool;
  removeAllListeners(): PglitePool;
  connect(): Promise<PgliteClient>;
  end(): Promise<void>;
};

/** Makes the pool over PGlite. Ending it leaves the database open, as it is not the pool's own. */
export function pglitePool(database: PGlite): PglitePool {
  const sql: SqlClient = {
    // Only `exec` takes several statements, and only `query` takes values.
    async query<Row>(text: string, values?: unknown[]) {
      if (values?.length) return await database.query<Row>(text, values);
      return { rows: ((await database.exec(text)).at(-1)?.rows ?? []) as Row[] };
    },
  };
  const pool: PglitePool = {
    ...sql,
    options: { keepAlive: true },
    // Within a process no connection drops, so there is never anything to tell.
    on: () => pool,
    removeAllListeners: () => pool,
    connect: async () => new PgliteClient(database, sql),
    end: async () => undefined,
  };
  return pool;
}
