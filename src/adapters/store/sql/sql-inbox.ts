import { Delivery } from "../../../domain/task/delivery.ts";
import type { Inbox } from "../../../ports/store.ts";
import type { Clock } from "../../../ports.ts";
import { readRecord } from "../read-record.ts";
import { stored } from "../storage-failure.ts";
import type { SqlClient } from "./sql-client.ts";

const insert = `
  insert into drafthorse.delivery (digest, delivery) values ($1, $2)
  on conflict (digest) do nothing
  returning digest`;

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
        const { rows } = await sql.query(insert, [delivery.digest, JSON.stringify(delivery)]);
        return rows.length === 1 ? "stored" : "known";
      }),
    pending: (limit) =>
      stored("list the deliveries", async () => {
        const { rows } = await sql.query<{ digest: string; delivery: string }>(pending, [limit]);
        return rows.map((row) =>
          readRecord(Delivery, { name: `delivery ${row.digest}`, text: row.delivery }),
        );
      }),
    settle: (digest) =>
      stored("settle a delivery", async () => {
        await sql.query(settle, [digest, clock.now().toISOString()]);
      }),
  };
}
