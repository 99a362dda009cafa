import { repositoryName } from "../domain/task/repository-name.ts";
import type { Task } from "../domain/task/task.ts";
import type { TaskCount } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import type { Viewer } from "./viewer.ts";

/** A repository that a viewer may read, how many tasks it has in each state, and the one that was changed last. */
export type ReadableRepository = { id: number; name: string; counts: TaskCount[]; newest: Task | undefined };

/** Who asks for a page, and what they may read, which is looked for once. */
export function pageAsker(
  viewer: Viewer,
  ports: Pick<Ports, "tasks">,
): { viewer: Viewer; repositories(): Promise<ReadableRepository[]> } {
  const found: { repositories?: Promise<ReadableRepository[]> } = {};
  const repositories = () => (found.repositories ??= readableRepositories(viewer, ports));
  return { viewer, repositories };
}

/** The repositories with tasks that a viewer may read; `name` is `owner/name` as its newest task has it. */
export async function readableRepositories(
  viewer: Viewer,
  { tasks }: Pick<Ports, "tasks">,
): Promise<ReadableRepository[]> {
  const counts = await tasks.count();
  const ids = [...new Set(counts.map(({ repositoryId }) => repositoryId))];
  const may = await Promise.all(ids.map((id) => viewer.mayRead(id)));
  const readable = ids.filter((_, at) => may[at]);
  const newest = readable.length === 0 ? [] : await tasks.newest(readable);
  return readable
    .map((id) => namedRepository(id, { counts, newest: newest.find((task) => task.id.repositoryId === id) }))
    .sort((a, b) => a.name.localeCompare(b.name));
}

function namedRepository(
  id: number,
  { counts, newest }: Pick<ReadableRepository, "counts" | "newest">,
): ReadableRepository {
  return {
    id,
    name: newest ? repositoryName(newest.repository) : String(id),
    counts: counts.filter(({ repositoryId }) => repositoryId === id),
    newest,
  };
}
