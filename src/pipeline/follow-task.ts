import type { Job } from "../domain/task/job.ts";
import type { TaskEvent } from "../domain/task/state.ts";
import type { TaskId } from "../domain/task/task-id.ts";
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
  try {
    await judgePull(id, ports);
  } finally {
    // Whoever published it may have died before it was told.
    const told = event ?? ((await ports.tasks.read(id))?.state === "proposed" ? "published" : undefined);
    if (told) ports.events.tell({ kind: "attempt ended", task: id, attempt, event: told });
  }
}

async function judgePull(id: TaskId, ports: Ports): Promise<void> {
  const proposed = await ports.tasks.read(id);
  if (proposed?.state !== "proposed") return;
  await signOffAfter(
    proposed,
    async ({ task, pull, lock }) => {
      // What was to be measured when the attempt began was left alone, and its job is over.
      const again = task.pushed?.head === pull?.head && task.pushed?.state === "waiting";
      if (pull?.state === "open") await notePush(task, { pull, again, lock }, ports);
      else if (pull) await followRead(task, { pull, by: "a person", lock }, ports);
      // After the body, to which the comment sends people.
      await show(await ports.tasks.change(id, () => undefined), lock, ports);
    },
    ports,
  );
}
