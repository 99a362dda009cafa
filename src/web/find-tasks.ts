import { repositoryName } from "../domain/task/repository-name.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { statesOf, type TaskFilter } from "../views/parse-filter.ts";
import type { ReadableRepository } from "./readable.ts";

/** How many tasks a page lists. */
export const pageSize = 25;

/** Words are looked for in so many of the newest tasks: no engine has an index of words, and each is read for it. */
export const mostSearched = 300;

/** A page of a list. `whole` is false where older tasks were not searched. */
export type FoundTasks = { tasks: Task[]; hasNext: boolean; whole: boolean };

/** The tasks that a filter looks for, among the repositories that the viewer may read. */
export async function findTasks(
  filter: TaskFilter,
  repositories: ReadableRepository[],
  { tasks }: Pick<Ports, "tasks">,
): Promise<FoundTasks> {
  const wanted = repositories.filter(({ name }) => filter.repository === "" || name === filter.repository);
  const selection = { repositories: wanted.map(({ id }) => id), states: statesOf(filter) };
  const skip = (filter.page - 1) * pageSize;
  if (filter.words === "") {
    const found = await tasks.select({ ...selection, skip, limit: pageSize + 1 });
    return { tasks: found.slice(0, pageSize), hasNext: found.length > pageSize, whole: true };
  }
  const searched = await tasks.select({ ...selection, skip: 0, limit: mostSearched });
  const found = searched.filter((task) => hasWords(task, filter.words));
  return {
    tasks: found.slice(skip, skip + pageSize),
    hasNext: found.length > skip + pageSize,
    whole: searched.length < mostSearched,
  };
}

function hasWords(task: Task, words: string): boolean {
  const { id, issue, askedBy, branch } = task;
  const text = [
    issue.title,
    repositoryName(task.repository),
    `#${id.issueNumber}`,
    askedBy,
    issue.author,
    branch,
  ]
    .join("\n")
    .toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}
