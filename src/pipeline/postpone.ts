import type { FailureNote } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import { noting } from "../domain/task/lease.ts";
import { next } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { show } from "./show.ts";

/** A task that is tried again later waits for no worker until then: others may be let go. */
function givingWay({ state, release }: Task): Partial<Task> {
  return state === "queued" && release ? { release: { ...release, postponed: true } } : {};
}

/** Says that an attempt waits for a passing trouble to pass; where nobody can be told either, that is only logged. */
export async function postpone(
  { job, failure }: { job: Job; failure: FailureNote },
  ports: Ports,
): Promise<void> {
  const notice = `${failure.cause} It is tried again by itself.`;
  const at = ports.clock.now().toISOString();
  try {
    await ports.locks.exclusively(issueKey(job.task), async (lock) => {
      const task = await ports.tasks.change(job.task, (present) =>
        // What is over waits for nothing, though its pull request may still have to be judged.
        next(present.state, "started")
          ? noting(present, { notice, ...givingWay(present) }, { at, what: "postponed", details: failure })
          : undefined,
      );
      await show(task, lock, ports);
    });
  } catch (error) {
    ports.log.warn({ job, err: error }, "nobody could be told of the pause");
  }
}
