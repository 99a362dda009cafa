import { isEnded, taskStates } from "../domain/task/state.ts";
import { type OutcomeRow, outcomeRow } from "../views/outcomes.ts";
import type { PageSources } from "./page.ts";
import type { ReadableRepository } from "./readable.ts";

/** What has an end, or a pull request that waits for one. */
const told = taskStates.filter((state) => isEnded(state) || state === "proposed");

/** So many tasks are read at once. */
const partSize = 200;

/** What came of the tasks that changed last, at most `most` of them. */
export async function findOutcomes(
  repositories: ReadableRepository[],
  most: number,
  { tasks }: Pick<PageSources["ports"], "tasks">,
): Promise<OutcomeRow[]> {
  const rows: OutcomeRow[] = [];
  const selection = { repositories: repositories.map(({ id }) => id), states: told };
  while (rows.length < most && selection.repositories.length > 0) {
    const limit = Math.min(partSize, most - rows.length);
    const found = await tasks.select({ ...selection, skip: rows.length, limit });
    rows.push(...found.map(outcomeRow));
    if (found.length < limit) break;
  }
  return rows;
}
