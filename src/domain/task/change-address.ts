import type { Change } from "../evidence/change.ts";
import { proofName } from "./newest-proof.ts";
import type { Repository, Task } from "./task.ts";
import { taskKey } from "./task-id.ts";

/** How the objects of a change are found: its repository, and the attempt's own part of the mirror (`key`). */
export type ChangeAddress = { repository: Repository; change: Change; key: string };

/** The address of a change that the current attempt of a task made. */
export function changeAddress(task: Task, change: Change): ChangeAddress {
  return { repository: task.repository, change, key: workKey(task) };
}

/** The name of an attempt's folders on the disk. A head that people pushed has a name of its own. */
export function workKey(task: Task): string {
  return `${taskKey(task.id)}-attempt-${proofName(task)}`;
}
