import { currentAttempt, type Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";

/** A pull request that people can see already, and of which the ledger has not heard from the worker that opened it. */
export async function findOpening(
  { repositoryId, pullRequest }: { repositoryId: number; pullRequest: number },
  ports: Pick<Ports, "tasks" | "pullRequests">,
): Promise<Task | undefined> {
  const live = await ports.tasks.find({ live: true, repositoryId });
  const opening = live.filter((task) => !task.pullRequest && currentAttempt(task)?.commit !== undefined);
  for (const task of opening) {
    const of = { branch: task.branch, marker: marker(task.id, "body") };
    const found = await ports.pullRequests.find(task.repository, of);
    if (found?.number === pullRequest) return task;
  }
  return undefined;
}
