import type { Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { renderRefusal } from "./render-refusal.ts";

/** A command's author, and why it was refused. */
export type RefusedCommand = { by: string; number: number; command: string; why: string };

/** Answers a refused command where it was given, in one comment of ours that later refusals edit. */
export async function answerRefusal(
  task: Task,
  refusal: RefusedCommand & { lock: IssueLock },
  ports: Pick<Ports, "issues">,
): Promise<void> {
  const at = { repository: task.repository, number: refusal.number };
  await ports.issues.say(at, { marker: marker(task.id, "answer"), body: renderRefusal(task, refusal) });
}
