import { mayWrite } from "../domain/task/permission.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { findOpening } from "./find-opening.ts";
import type { Command, CommentPlace } from "./read-command.ts";
import { turnAway } from "./turn-away.ts";

/** A command that was written in a comment or a review. */
export type Spoken = Extract<Command, { on: CommentPlace }>;

/** The task that a command speaks of, and whether its author may command. */
export type Heard = { task: Task; mayCommand: boolean };

/**
 * The task that a command speaks of; anybody who may not command gets a reaction. A command on a pull request means the
 * task that opened it, on an issue its newest round.
 */
export async function hearCommand(
  command: Spoken,
  ports: Pick<Ports, "log" | "tasks" | "issues" | "people" | "pullRequests">,
): Promise<Heard | undefined> {
  const { repository, on, by } = command;
  const repositoryId = repository.id;
  const tasks = on.isPullRequest
    ? await ports.tasks.find({ repositoryId, pullRequest: on.number })
    : await ports.tasks.find({ repositoryId, issueNumber: on.number });
  const opening = { repositoryId, pullRequest: on.number };
  const task = tasks.at(-1) ?? (on.isPullRequest ? await findOpening(opening, ports) : undefined);
  if (!task) return undefined;
  const mayCommand = mayWrite(await ports.people.permission(repository, by));
  if (!mayCommand) await turnAway({ ...command, issue: { number: on.number }, comment: on.comment }, ports);
  return { task, mayCommand };
}
