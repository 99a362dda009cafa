import { type Job as BullJob, WaitingError } from "bullmq";
import { Job } from "../../../domain/task/job.ts";
import type { JobContext } from "../../../ports/store.ts";
import type { Log } from "../../../ports.ts";

/** What is done with each job, and when that is to stop. */
export type Handling = {
  handle: (job: Job, context: JobContext) => Promise<void>;
  log: Log;
  signal: AbortSignal;
  /** The handlers that run. */
  running: Set<Promise<void>>;
};

/** Hands one job of BullMQ to its handler, if it can be read; an interrupted one goes back without losing a try. */
export async function handleBullJob(
  bullJob: BullJob<unknown, void, string>,
  handling: Handling,
): Promise<void> {
  const job = Job.safeParse(bullJob.data);
  if (!job.success) {
    handling.log.error({ job: bullJob.id, why: job.error.message }, "a job that cannot be read was dropped");
    return;
  }
  const tries = bullJob.attemptsMade + 1;
  const last = tries >= (bullJob.opts.attempts ?? 1);
  try {
    await trackRunning(handling.handle(job.data, { tries, last, signal: handling.signal }), handling.running);
  } catch (thrown) {
    if (!handling.signal.aborted) throw thrown;
    // If the database does not answer, the lock lapses and the job is taken all the same, only later.
    await bullJob.moveToWait(bullJob.token).catch(() => undefined);
    throw new WaitingError();
  }
}

async function trackRunning(handler: Promise<void>, running: Set<Promise<void>>): Promise<void> {
  running.add(handler);
  try {
    await handler;
  } finally {
    running.delete(handler);
  }
}
