import { DEFAULT_SCHEMA } from "bullmq";
import type { SqlClient } from "../sql/sql-client.ts";

const statements = [
  "delete from drafthorse.lock",
  // BullMQ gives a job back that was found stalled once before and whose lock has lapsed …
  `update ${DEFAULT_SCHEMA}.job set stalled_marked = true, locked_until_ms = 0 where state = 'active'`,
  // … at its next check, which a worker makes when it starts unless there was one just now.
  `delete from ${DEFAULT_SCHEMA}.meta where field = 'stalled-check'`,
];

/**
 * Frees what the process before held when it died. The directory's lock says that it is dead, so nobody need wait for
 * its locks and its job to lapse; where several processes share a database that is the only way to know.
 */
export async function freeOrphans(sql: SqlClient): Promise<void> {
  for (const statement of statements) await sql.query(statement);
}
