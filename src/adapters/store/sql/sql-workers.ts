import { forgottenMs } from "../../../domain/host/living-worker.ts";
import type { Workers } from "../../../ports/store.ts";
import { listedWorkers, mostWorkers } from "../listed-workers.ts";
import { stored } from "../storage-failure.ts";
import type { SqlClient } from "./sql-client.ts";

/** Since when somebody must have been heard of, by the database's clock alone. */
const lately = `clock_timestamp() - ${forgottenMs} * interval '1 millisecond'`;

const keep = `
  insert into drafthorse.worker (id, worker, seen_at) values ($1, $2, clock_timestamp())
  on conflict (id) do update set worker = excluded.worker, seen_at = excluded.seen_at`;

const tidy = `delete from drafthorse.worker where seen_at < ${lately}`;

const list = `select worker from drafthorse.worker where seen_at >= ${lately} order by id limit ${mostWorkers}`;

/** The workers in PostgreSQL: a row each, which goes when nothing was heard of it. */
export function sqlWorkers(sql: SqlClient): Workers {
  return {
    keep: (worker) =>
      stored("keep a worker", async () => {
        await sql.query(keep, [worker.id, JSON.stringify(worker)]);
        await sql.query(tidy);
      }),
    list: () =>
      stored("list the workers", async () => {
        const { rows } = await sql.query<{ worker: string }>(list);
        return listedWorkers(rows.map(({ worker }) => worker));
      }),
    forget: (id) =>
      stored("forget a worker", async () => {
        await sql.query("delete from drafthorse.worker where id = $1", [id]);
      }),
  };
}
