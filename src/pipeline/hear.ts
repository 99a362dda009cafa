import type { Task } from "../domain/task/task.ts";
import { hearCommand, type Spoken } from "../intake/hear-command.ts";
import type { Ports } from "../ports.ts";
import { showStranger } from "./show-stranger.ts";

/** A command → the task that it speaks of, if its author may command; of anybody else the comment says that they may not. */
export async function hear(command: Spoken, ports: Ports): Promise<Task | undefined> {
  const heard = await hearCommand(command, ports);
  if (!heard || heard.mayCommand) return heard?.task;
  await showStranger(heard.task, command.by, ports);
  return undefined;
}
