import { Delivery } from "../../../domain/task/delivery.ts";
import type { Inbox } from "../../../ports/store.ts";
import type { Clock } from "../../../ports.ts";
import { readRecord } from "../read-record.ts";
import { stored } from "../storage-failure.ts";
import type { SqlClient } from "./sql-client.ts";

const insert = `
  insert into drafthorse.delivery as kept (digest, delivery, id) values ($1, $2, $3)
  on conflict (digest) do update set id = excluded.id where kept.id is null
  returning (xmax = 0) as is_new`;

const known = "select id from drafthorse.delivery where id = any($1::text[])";

const pending = `
  select digest, delivery from drafthorse.delivery
  where settled_at is null order by arrival limit $1`;

const settle = `
  update drafthorse.delivery set delivery = null, settled_at = $2
  where digest = $1 and settled_at is null`;

/** The inbox in PostgreSQL. */
export function sqlInbox(sql: SqlClient, { clock }: { clock: Clock }): Inbox {
  return {
    store: (delivery) =>
      stored("keep a delivery", async () => {
        const { digest, id } = delivery;
        const { rows } = await sql.query<{ is_new: boolean }>(insert, [digest, JSON.stringify(delivery), id]);
        return rows[0]?.is_new ? "stored" : "known";
      }),
    pending: (limit) =>
      stored("list the deliveries", async () => {
        const { rows } = await sql.query<{ digest: string; delivery: string }>(pending, [limit]);
        return rows.map((row) =>
          readRecord(Delivery, { name: `delivery ${row.digest}`, text: row.delivery }),
        );
      }),
    known: (ids) =>
      stored("look for deliveries", async () => {
        const { rows } = await sql.query<{ id: string }>(known, [ids]);
        return new Set(rows.map(({ id }) => id));
      }),
    settle: (digest) =>
      stored("settle a delivery", async () => {
        await sql.query(settle, [digest, clock.now().toISOString()]);
      }),
  };
}
