import { renderBriefPart } from "../brief/render-brief-part.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { showStatus } from "../publish/show-status.ts";

/** Shows a task on its issue: its state, and its brief as understood or its repair. Callers hold the lock. */
export async function show(task: Task, ports: Ports): Promise<void> {
  await showStatus(task, renderBriefPart(task), ports);
}
