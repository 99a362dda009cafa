import type { Ports } from "../ports.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";

/** Gives every task that waits or runs its job again: the ledger's word counts, a queue may have lost its own. */
export async function reconcile(ports: Ports): Promise<void> {
  const live = await ports.tasks.find({ live: true });
  await Promise.all(live.filter(needsJob).map((task) => ports.queue.add(jobOf(task))));
}
