import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { statesOf, type TaskFilter } from "../views/parse-filter.ts";
import type { ReadableRepository } from "./readable.ts";

/** How many tasks a page lists. */
export const pageSize = 25;

/** A page of a list. */
export type FoundTasks = { tasks: Task[]; hasNext: boolean };

/** The tasks that a filter looks for, among the repositories that the viewer may read. */
export async function findTasks(
  filter: TaskFilter,
  repositories: ReadableRepository[],
  { tasks }: Pick<Ports, "tasks">,
): Promise<FoundTasks> {
  const wanted = repositories.filter(({ name }) => filter.repository === "" || name === filter.repository);
  const found = await tasks.select({
    repositories: wanted.map(({ id }) => id),
    states: statesOf(filter),
    skip: (filter.page - 1) * pageSize,
    limit: pageSize + 1,
    words: filter.words.toLowerCase().split(/\s+/).filter(Boolean),
  });
  return { tasks: found.slice(0, pageSize), hasNext: found.length > pageSize };
}
