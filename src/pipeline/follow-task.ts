import type { Job } from "../domain/task/job.ts";
import type { TaskEvent } from "../domain/task/state.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { followRead } from "./follow-pull.ts";
import { notePush } from "./note-push.ts";
import { show } from "./show.ts";
import { signOffAfter } from "./sign-off.ts";

/**
 * An attempt is over, by this `event` or in the hands of a worker that died → what its pull request has by now is judged: its
 * body is rendered anew, what people did while the attempt worked is followed, and the comment says so. Done again, it says the same.
 */
export async function followTask(
  { task: id, attempt }: Pick<Job, "task" | "attempt">,
  event: TaskEvent | undefined,
  ports: Ports,
): Promise<void> {
  const task = await ports.tasks.read(id);
  const proposed = task?.state === "proposed" ? task : undefined;
  // Whoever published it may have died before it was told.
  const isUntold = proposed !== undefined && currentAttempt(proposed)?.number === attempt;
  const told = event ?? (isUntold ? "published" : undefined);
  try {
    if (proposed) await judgePull(proposed, ports);
  } finally {
    if (told) ports.events.tell({ kind: "attempt ended", task: id, attempt, event: told });
  }
}

async function judgePull(proposed: Task, world: Ports): Promise<void> {
  await signOffAfter(
    proposed,
    async ({ task, pull, lock }, ports) => {
      // What was to be measured when the attempt began was left alone, and its job is over.
      const again = task.pushed?.head === pull?.head && task.pushed?.state === "waiting";
      if (pull?.state === "open") await notePush(task, { pull, again, lock }, ports);
      else if (pull) await followRead(task, { pull, by: "a person", lock }, ports);
      // After the body, to which the comment sends people.
      await show(await ports.tasks.change(proposed.id, () => undefined), lock, ports);
    },
    world,
  );
}
