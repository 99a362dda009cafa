import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { nameStranger } from "../intake/turn-away.ts";
import type { Ports } from "../ports.ts";
import { show } from "./show.ts";

/** Somebody who may not ask → a line in the comment that there is; never a new comment. */
export async function showStranger(
  task: Task,
  by: string,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "locks" | "issues">,
): Promise<void> {
  if (task.statusComment === undefined) return;
  await ports.locks.exclusively(issueKey(task.id), async (lock) => {
    const named = await nameStranger(task, by, ports);
    if (named) await show(named, lock, ports);
  });
}
