import type { StoreFault } from "../../../domain/host/store-fault.ts";
import type { SqlClient } from "../sql/sql-client.ts";

type SettingRule = StoreFault & { name: string; value: string };

/** The settings of which a wrong value loses what was acknowledged: what is lost, and the repair. */
const rules: SettingRule[] = [
  {
    ...{ name: "fsync", value: "off", state: "wrong" },
    why: "what it acknowledged would be lost, or all of it damaged, when its machine dies",
    repair: "`fsync = on` in postgresql.conf, then reload",
  },
  {
    ...{ name: "full_page_writes", value: "off", state: "wrong" },
    why: "pages that were half written when its machine died would stay so",
    repair: "`full_page_writes = on` in postgresql.conf, then reload",
  },
  {
    ...{ name: "synchronous_commit", value: "off", state: "wrong" },
    why: "it acknowledges before it has written, and would lose the last of it when it dies",
    repair: "`alter role CURRENT_USER set synchronous_commit = on`, or the same in postgresql.conf",
  },
  {
    ...{ name: "transaction_read_only", value: "on", state: "wrong" },
    why: "it only reads here, since it is a standby, or has default_transaction_read_only on",
    repair: "name the primary in DATABASE_URL",
  },
  {
    ...{ name: "synchronous_commit", value: "local", state: "warning" },
    why: "it does not wait for its standby, so a fail-over may lose the last seconds",
    repair: "`alter role CURRENT_USER set synchronous_commit = on`",
  },
];

/** What a PostgreSQL would lose of what it acknowledged, worst first; nothing where it keeps all of it. */
export async function postgresFaults(sql: SqlClient): Promise<StoreFault[]> {
  const names = [...new Set(rules.map(({ name }) => name))];
  const { rows } = await sql.query<{ name: string; value: string }>(
    "select name, current_setting(name) as value from unnest($1::text[]) as name",
    [names],
  );
  const values = new Map(rows.map(({ name, value }) => [name, value]));
  return rules
    .filter(({ name, value }) => values.get(name) === value)
    .map(({ name, value, state, why, repair }) => ({
      ...{ state, repair },
      why: `PostgreSQL has ${name} = ${value}: ${why}`,
    }));
}
