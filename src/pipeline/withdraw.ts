import { moved, noting } from "../domain/task/lease.ts";
import { next } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { isWithdrawn } from "../intake/is-withdrawn.ts";
import type { Command } from "../intake/read-command.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { show } from "./show.ts";

/** The label went or the issue was closed → the task is cancelled, at once if it waits, else by whoever works on it. */
export async function withdraw(
  order: Extract<Command, { kind: "withdraw" }>,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "locks" | "issues">,
): Promise<void> {
  const issue = { repositoryId: order.repository.id, issueNumber: order.issue };
  await ports.locks.exclusively(issueKey(issue), async (lock) => {
    const task = (await ports.tasks.find(issue)).at(-1);
    if (task && (await isWithdrawn(task, ports))) await cancelTask(task, { ...order, lock }, ports);
  });
}

/** Cancels a task, at once or by whoever works on it. */
export async function cancelTask(
  task: Task,
  { by, why, lock }: { by: string; why: string; lock: IssueLock },
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "issues">,
): Promise<void> {
  const at = ports.clock.now().toISOString();
  const entry = { at, what: "cancelled", by, details: { why } };
  const after = await ports.tasks.change(task.id, (present) => {
    if (present.state === "running" || present.state === "correcting")
      return noting(present, { cancel: { by, why } }, entry);
    return next(present.state, "cancelled") && noting(moved(present, "cancelled"), { notice: why }, entry);
  });
  await show(after, lock, ports);
}
