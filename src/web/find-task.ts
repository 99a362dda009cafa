import { newestProof } from "../domain/task/newest-proof.ts";
import { currentAttempt, type Task, withheldReasons } from "../domain/task/task.ts";
import { parseTaskKey } from "../domain/task/task-id.ts";
import type { PageRequest, PageSources } from "./page.ts";

/** The task that an address names, where the viewer may read its repository. Whether it exists is asked after that. */
export async function findTask(
  { viewer, params }: Pick<PageRequest, "viewer" | "params">,
  { ports }: Pick<PageSources, "ports">,
): Promise<Task | undefined> {
  const id = parseTaskKey(params.key ?? "");
  if (!id || !(await viewer.mayRead(id.repositoryId))) return undefined;
  return ports.tasks.read(id);
}

/** The artefact of the evidence that a task's pages are about: of what is published, else of the last attempt. */
export function evidenceOf(task: Task): string | undefined {
  return (newestProof(task)?.evidence ?? currentAttempt(task)?.evidence)?.artefact;
}

/** Whether nobody may see what changed: it was not proved yet, or a secret was found in it. */
export function isHidden(task: Task): boolean {
  return currentAttempt(task)?.evidence === undefined || withheldReasons(task).length > 0;
}
