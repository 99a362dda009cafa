import type { Log } from "../../../ports.ts";
import type { SqlClient } from "../sql/sql-client.ts";

/**
 * Frees what was deleted and trims the log, now and then: a PostgreSQL of one process has neither the autovacuum nor
 * the checkpointer of a server, and would grow until it is closed. Returns what stops it.
 */
export function keepHouse(
  sql: SqlClient,
  { everyMs, log }: { everyMs: number; log: Log },
): () => Promise<void> {
  let last = Promise.resolve();
  const clean = async (): Promise<void> => {
    try {
      await sql.query("vacuum");
      await sql.query("checkpoint");
    } catch (thrown) {
      log.warn({ err: thrown }, "the embedded database could not be cleaned");
    }
  };
  const timer = setInterval(() => {
    last = last.then(clean);
  }, everyMs);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await last;
  };
}
