import type { Change } from "../evidence/change.ts";
import { attemptNumber, type Repository, type Task } from "./task.ts";
import { attemptKey } from "./task-id.ts";

/** How the objects of a change are found: its repository, and the attempt's own part of the mirror (`key`). */
export type ChangeAddress = { repository: Repository; change: Change; key: string };

/** The address of a change that the current attempt of a task made. */
export function changeAddress(task: Task, change: Change): ChangeAddress {
  return { repository: task.repository, change, key: attemptKey(task.id, attemptNumber(task)) };
}
