import { issueKey, taskKey } from "../domain/task/task-id.ts";
import type { Command } from "../intake/read-command.ts";
import type { LiveQuery } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { cancelTask } from "./withdraw.ts";

type Leave = Extract<Command, { kind: "leave" }>;

/**
 * The App or a repository went away → what waits or runs there is cancelled, whether or not anybody can still be told. A
 * proposed task stays: its pull request is people's, and its events arrive again should the App come back. Where the App
 * was uninstalled nothing stays: tasks, histories and artefacts are removed.
 */
export async function leave(order: Leave, ports: Ports): Promise<void> {
  const found = await Promise.all(queriesOf(order).map((query) => ports.tasks.find(query)));
  for (const task of found.flat().filter(({ state }) => state !== "proposed"))
    await ports.locks
      .exclusively(issueKey(task.id), (lock) => cancelTask(task, { ...order, lock }, ports))
      .catch((err) => ports.log.warn({ task: task.id, err }, "nobody could be told of the cancellation"));
  if (order.isFinal && order.installationId !== undefined) await forget(order.installationId, ports);
}

/** The ledger goes first: a worker that finds its task gone writes no artefact any more. */
async function forget(
  installationId: number,
  { tasks, artefacts, log }: Pick<Ports, "tasks" | "artefacts" | "log">,
): Promise<void> {
  const gone = await tasks.purge(installationId);
  for (const id of gone) await artefacts.purge(taskKey(id));
  log.info({ installationId, tasks: gone.length }, "what was known of an installation is removed");
}

function queriesOf({ repositoryIds, installationId }: Leave): LiveQuery[] {
  if (installationId !== undefined) return [{ live: true, installationId }];
  return repositoryIds.map((repositoryId) => ({ live: true, repositoryId }));
}
