import { renderBriefPart } from "../brief/render-brief-part.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey, type TaskId } from "../domain/task/task-id.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { showStatus } from "../publish/show-status.ts";
import { placeInLine } from "./place-in-line.ts";

/** Shows a task on its issue: its state, and its brief as understood or its repair. */
export async function show(
  task: Task,
  lock: IssueLock,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "issues">,
): Promise<void> {
  await showStatus(
    task,
    { briefPart: renderBriefPart(task), place: await placeInLine(task, ports), lock },
    ports,
  );
}

/** Shows a task as the ledger has it once its issue's lock is ours, whoever changed it meanwhile. */
export async function showPresent(
  id: TaskId,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "locks" | "issues">,
): Promise<void> {
  await ports.locks.exclusively(issueKey(id), async (lock) =>
    show(await ports.tasks.change(id, () => undefined), lock, ports),
  );
}
