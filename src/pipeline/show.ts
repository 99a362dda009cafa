import { renderBriefPart } from "../brief/render-brief-part.ts";
import type { Task } from "../domain/task/task.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { showStatus } from "../publish/show-status.ts";
import { placeInLine } from "./place-in-line.ts";

/** Shows a task on its issue: its state, and its brief as understood or its repair. */
export async function show(task: Task, lock: IssueLock, ports: Ports): Promise<void> {
  await showStatus(
    task,
    { briefPart: renderBriefPart(task), place: await placeInLine(task, ports), lock },
    ports,
  );
}
