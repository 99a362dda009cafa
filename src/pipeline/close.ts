import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { followPull } from "./follow-pull.ts";

/** The pull request was closed, merged or reopened → the task follows what the pull request is now. */
export async function close(
  order: Extract<Command, { kind: "close" | "reopen" }>,
  ports: Ports,
): Promise<void> {
  const { repository, pullRequest, by } = order;
  const task = (await ports.tasks.find({ repositoryId: repository.id, pullRequest })).at(-1);
  if (task) await followPull(task, by, ports);
}
