import { assertHeld, awaitsQuestions, moved, noting } from "../domain/task/lease.ts";
import type { TaskEvent } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { type Claim, claimedRecord } from "../ledger/claim.ts";
import type { IssueLock } from "../ports/store.ts";
import { rewriteBody } from "../publish/rewrite-body.ts";
import { jobOf } from "../queue/job-of.ts";
import { beginAwaited } from "./begin-correction.ts";
import { followPull } from "./follow-pull.ts";
import { show } from "./show.ts";
import { tidyUp } from "./tidy-up.ts";

/**
 * Ends an attempt. Where its task ends with it people are told first, the ledger last, so that a crash between the two tells
 * them once more instead of never; else the job is not done before `followTask` has told them. Then the history is kept, what
 * the attempt left on the disk goes, and questions about what it published begin.
 * Resolves to how it ended.
 */
export async function finish(claim: Claim, event: TaskEvent): Promise<TaskEvent> {
  const { ports, lease } = claim;
  await ports.locks.exclusively(issueKey(lease.id), async (lock) => {
    const ended = moved(await claimedRecord(claim), event);
    // Of an open pull request people are told by what follows, which reads it first.
    if (ended.state !== "proposed") await tellEnd(claim, ended, lock);
    const at = ports.clock.now().toISOString();
    await ports.tasks.change(lease.id, (task) => {
      assertHeld(task, lease);
      return noting(moved(task, event), { cancel: undefined, crashes: undefined }, { at, what: event });
    });
  });
  if (event === "published") await followUp(claim);
  await tidyUp({ kind: "attempt", task: lease.id, attempt: lease.attempt }, ports);
  const after = await ports.tasks.read(lease.id);
  if (after && awaitsQuestions(after)) await ports.queue.add(jobOf(after));
  return event;
}

/** The correction that people asked for while the first attempt was still being reported; none where they closed its pull request. */
async function followUp({ world, lease }: Claim): Promise<void> {
  const task = await world.tasks.read(lease.id);
  if (!task?.retryAsked || lease.attempt > 1) return;
  await followPull(task, "a person", world);
  await beginAwaited(task.id, world);
}

/** Where nobody can be told any more (the App was removed, say) the task must end all the same, at the last try. */
async function tellEnd({ ports, lastTry }: Claim, ended: Task, lock: IssueLock): Promise<void> {
  try {
    await rewriteBody(ended, ports);
    await show(ended, lock, ports);
  } catch (error) {
    if (!lastTry) throw error;
    ports.log.error({ task: ended.id, state: ended.state, err: error }, "nobody could be told");
  }
}
