import type { LivingWorker } from "../domain/host/living-worker.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { plural } from "../domain/text/plural.ts";
import { shownLine } from "./shown-text.ts";

/** One thing that a worker does. `key` is the task's where the viewer may read it, and `what` says it. */
export type WorkerDeed = { key: string | undefined; what: string; since: string };

/** A worker as the queue's page shows it: the name is no machine's. */
export type WorkerLine = {
  name: string;
  slots: string;
  version: string;
  startedAt: string;
  seenAt: string;
  work: WorkerDeed[];
};

/** The worker's line for somebody who may read these repositories: of the others' tasks only the step is said. */
export function workerLine(worker: LivingWorker, readable: ReadonlySet<number>): WorkerLine {
  const { id, concurrency, version, startedAt, seenAt, work } = worker;
  return {
    name: shownLine(id.slice(0, 8), 8),
    slots: `${work.length} of ${plural(concurrency, "task")} at once`,
    version: shownLine(version, 40),
    ...{ startedAt, seenAt },
    work: work.map(({ task, attempt, step, since }) => {
      const mayRead = readable.has(task.repositoryId);
      const doing = step === null ? "between two steps" : `in the step “${shownLine(step, 60)}”`;
      const which = mayRead ? `#${task.issueNumber}${attempt > 1 ? ", correction" : ""}` : "a task elsewhere";
      return { key: mayRead ? taskKey(task) : undefined, what: `${which}: ${doing}`, since };
    }),
  };
}
