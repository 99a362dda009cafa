import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { readAgain } from "../intake/enter-task.ts";
import type { Ports } from "../ports.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";
import { judgeAsked } from "./judge-asked.ts";
import { show } from "./show.ts";

/** A waiting task → judged by its repository as that is now, shown, and queued if nothing holds it any more. */
export async function judgeAgain(task: Task, ports: Ports): Promise<void> {
  const { repository, issue, askedBy } = task;
  const judged = await judgeAsked({ repository, by: askedBy, issue }, ports);
  await ports.locks.exclusively(issueKey(task.id), async (lock) => {
    const after = await readAgain(task, judged, ports);
    await show(after, lock, ports);
    if (needsJob(after)) await ports.queue.add(jobOf(after));
  });
}
