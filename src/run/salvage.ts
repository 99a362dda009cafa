import type { Change } from "../domain/evidence/change.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { attemptKey, taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";

/**
 * Keeps what an agent left in a worktree whose attempt is given up; undefined if nothing was begun, if it was kept
 * before, or if it cannot be read any more, which is logged and must not hide the first failure.
 */
export async function salvage(
  task: Task,
  ports: Pick<Ports, "log" | "worktrees">,
): Promise<Change | undefined> {
  const attempt = currentAttempt(task);
  if (!attempt?.base || attempt.change) return undefined;
  const { repository, id } = task;
  try {
    const pack = `${taskKey(id)}/change-${attempt.number}.pack`;
    const key = attemptKey(id, attempt.number);
    return await ports.worktrees.capture({ repository, base: attempt.base, key, pack });
  } catch (error) {
    ports.log.error({ task: id, err: error }, "what the agent left could not be kept");
    return undefined;
  }
}
