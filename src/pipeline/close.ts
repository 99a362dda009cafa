import { isSamePull } from "../domain/task/duplicate.ts";
import type { Task } from "../domain/task/task.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { followPull } from "./follow-pull.ts";
import { judgeAgain } from "./judge-again.ts";

/**
 * The pull request was closed, merged or reopened → its task follows what it is now, and tasks that were held because of
 * it are judged again.
 */
export async function close(
  order: Extract<Command, { kind: "close" | "reopen" }>,
  ports: Ports,
): Promise<void> {
  const { repository, pullRequest, by } = order;
  const task = (await ports.tasks.find({ repositoryId: repository.id, pullRequest })).at(-1);
  if (task) await followPull(task, by, ports);
  const held = await ports.tasks.find({ live: true, repositoryId: repository.id, heldBy: "duplicate" });
  for (const waiting of held.filter((one) => isHeldBy(one, pullRequest)))
    await judgeAgain({ ...waiting, repository }, ports);
}

function isHeldBy({ hold }: Task, number: number): boolean {
  return hold?.kind === "duplicate" && hold.duplicates.some((one) => isSamePull(one, { number }));
}
