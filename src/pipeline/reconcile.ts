import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";
import { beginAwaited } from "./begin-correction.ts";
import { schedule } from "./schedule.ts";

/**
 * Lets go whose turn it is, in case nobody noticed, and gives every task that was let go or runs its job again: the ledger's
 * word counts, a queue may have lost its own. A correction that a dead worker should have begun is begun.
 */
export async function reconcile(ports: Ports): Promise<void> {
  await schedule(ports);
  const live = await ports.tasks.find({ live: true });
  await Promise.all(live.filter(needsJob).map((task) => ports.queue.add(jobOf(task))));
  await Promise.all(live.filter(isAwaited).map(({ id }) => beginAwaited(id, ports)));
}

function isAwaited({ state, retryAsked }: Task): boolean {
  return state === "proposed" && retryAsked !== undefined;
}
