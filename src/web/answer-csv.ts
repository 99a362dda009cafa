import type { Context } from "hono";
import { outcomesCsv } from "../views/outcomes.ts";
import { findOutcomes } from "./find-outcomes.ts";
import type { PageSources } from "./page.ts";
import { readableRepositories } from "./readable.ts";
import type { PageEnv } from "./viewer.ts";

/** More rows than these are asked of the database, not of a page. */
const mostRows = 10_000;

/** Hands out what came of every task that the viewer may read. */
export async function answerCsv(context: Context<PageEnv>, { ports }: PageSources): Promise<Response> {
  const repositories = await readableRepositories(context.get("viewer"), ports);
  const rows = await findOutcomes(repositories, mostRows, ports);
  return context.body(outcomesCsv(rows), 200, {
    "content-type": "text/csv; charset=utf-8",
    "content-disposition": 'attachment; filename="outcomes.csv"',
  });
}
