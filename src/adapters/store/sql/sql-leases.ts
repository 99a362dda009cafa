import type { Leases } from "../leased-locks.ts";
import { stored } from "../storage-failure.ts";
import type { SqlClient } from "./sql-client.ts";

/** When a lease taken now ends, by the database's clock alone: those of the processes may differ. */
const end = "clock_timestamp() + $3 * interval '1 millisecond'";

const take = `
  insert into drafthorse.lock as held (key, token, expires_at) values ($1, $2, ${end})
  on conflict (key) do update set token = excluded.token, expires_at = excluded.expires_at
  where held.expires_at < clock_timestamp()
  returning token`;

const renew = `
  update drafthorse.lock set expires_at = ${end}
  where key = $1 and token = $2
  returning token`;

const release = "delete from drafthorse.lock where key = $1 and token = $2";

/** Leases in PostgreSQL: a row with the holder's token and its end. */
export function sqlLeases(sql: SqlClient, { lockLeaseMs }: { lockLeaseMs: number }): Leases {
  const holds = async (statement: string, holder: string[]): Promise<boolean> => {
    const { rows } = await sql.query(statement, [...holder, lockLeaseMs]);
    return rows.length === 1;
  };
  return {
    take: (key, token) => stored(`take the lock ${key}`, () => holds(take, [key, token])),
    renew: (key, token) => stored(`renew the lock ${key}`, () => holds(renew, [key, token])),
    release: (key, token) =>
      stored(`release the lock ${key}`, async () => {
        await sql.query(release, [key, token]);
      }),
  };
}
