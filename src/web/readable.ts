import { repositoryName } from "../domain/task/repository-name.ts";
import { taskStates } from "../domain/task/state.ts";
import type { TaskCount } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import type { Viewer } from "./viewer.ts";

/** A repository that a viewer may read, and how many tasks it has in each state. */
export type ReadableRepository = { id: number; name: string; counts: TaskCount[] };

/** The repositories with tasks that a viewer may read; `name` is `owner/name` as its newest task has it. */
export async function readableRepositories(
  viewer: Viewer,
  { tasks }: Pick<Ports, "tasks">,
): Promise<ReadableRepository[]> {
  const counts = await tasks.count();
  const ids = [...new Set(counts.map(({ repositoryId }) => repositoryId))];
  const readable = await Promise.all(
    ids.map(async (id) => ((await viewer.mayRead(id)) ? [await namedRepository(id, tasks)] : [])),
  );
  return readable
    .flat()
    .map((one) => ({ ...one, counts: counts.filter(({ repositoryId }) => repositoryId === one.id) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

async function namedRepository(id: number, tasks: Ports["tasks"]): Promise<{ id: number; name: string }> {
  const [newest] = await tasks.select({ repositories: [id], states: taskStates, skip: 0, limit: 1 });
  return { id, name: newest ? repositoryName(newest.repository) : String(id) };
}
