import { Failure } from "../../../domain/task/failure.ts";
import type { Log } from "../../../ports.ts";
import type { SqlClient } from "../sql/sql-client.ts";

/** The settings of which a wrong value loses what was acknowledged: which values, what is lost, and the repair. */
const settings = [
  {
    name: "fsync",
    losing: ["off"],
    lost: "what it acknowledged would be lost, or all of it damaged, when its machine dies",
    repair: "`fsync = on` in postgresql.conf, then reload",
  },
  {
    name: "full_page_writes",
    losing: ["off"],
    lost: "pages that were half written when its machine died would stay so",
    repair: "`full_page_writes = on` in postgresql.conf, then reload",
  },
  {
    name: "synchronous_commit",
    losing: ["off"],
    lost: "it acknowledges before it has written, and would lose the last of it when it dies",
    repair: "`alter role CURRENT_USER set synchronous_commit = on`, or the same in postgresql.conf",
  },
] as const;

/** Refuses a PostgreSQL that would lose what it acknowledged, and one that only reads; says how to mend it. */
export async function checkPostgresDurability(sql: SqlClient, log: Log): Promise<void> {
  for (const { name, losing, lost, repair } of settings) {
    const value = await setting(sql, name);
    if (losing.some((one) => one === value))
      throw new Failure("storage", `PostgreSQL has ${name} = ${value}: ${lost}. Repair: ${repair}.`);
  }
  if ((await setting(sql, "transaction_read_only")) === "on")
    throw new Failure(
      "storage",
      "PostgreSQL only reads here: it is a standby, or has default_transaction_read_only on. " +
        "Repair: name the primary in DATABASE_URL.",
    );
  if ((await setting(sql, "synchronous_commit")) === "local")
    log.warn(
      {},
      "PostgreSQL does not wait for its standby (synchronous_commit = local): a fail-over may lose the last seconds",
    );
}

async function setting(sql: SqlClient, name: string): Promise<string | undefined> {
  const { rows } = await sql.query<{ value: string }>("select current_setting($1) as value", [name]);
  return rows[0]?.value;
}
