import type { Job } from "../domain/task/job.ts";
import type { TaskEvent } from "../domain/task/state.ts";
import type { TaskId } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { notePush } from "./note-push.ts";
import { signOff } from "./sign-off.ts";

/**
 * An attempt is over, by this `event` or in the hands of a worker that died → what its pull request has by now is judged.
 * Done again, it says the same.
 */
export async function followTask(
  { task: id, attempt }: Pick<Job, "task" | "attempt">,
  event: TaskEvent | undefined,
  ports: Ports,
): Promise<void> {
  try {
    await judgePull(id, ports);
  } finally {
    if (event) ports.events.tell({ kind: "attempt ended", task: id, attempt, event });
  }
}

async function judgePull(id: TaskId, ports: Ports): Promise<void> {
  const task = await ports.tasks.read(id);
  if (task?.state !== "proposed" || !task.pullRequest) return;
  const at = { repository: task.repository, number: task.pullRequest };
  const pull = await ports.pullRequests.read(at.repository, at.number);
  // What was to be measured when the attempt began was left alone, and its job is over.
  const again = task.pushed?.head === pull?.head && task.pushed?.state === "waiting";
  if (pull?.state === "open") await notePush(task, { head: pull.head, again }, ports);
  await signOff(at, ports);
}
