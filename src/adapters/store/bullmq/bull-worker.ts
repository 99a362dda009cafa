import { type BackendFactory, type Job as BullJob, type IQueueBackend, WaitingError, Worker } from "bullmq";
import { Job } from "../../../domain/job.ts";
import type { JobContext } from "../../../ports/store.ts";
import type { Log } from "../../../ports.ts";
import { errorLogger } from "../error-logger.ts";
import { storageFailure } from "../storage-failure.ts";
import type { StoreTimes } from "../store-times.ts";
import { within } from "../within.ts";

type Options<Backend extends IQueueBackend, Connection> = {
  queueName: string;
  prefix: string;
  concurrency: number;
  handle: (job: Job, context: JobContext) => Promise<void>;
  source: { backend: BackendFactory<Backend, Connection>; working: Connection };
  times: StoreTimes;
  log: Log;
};

/** BullMQ fails a job that stalled this often. Deaths are counted in the ledger, so here it may be any large number. */
const maxStalledCount = 1_000_000;

/** The pause after an answer that the database did not give, in milliseconds; BullMQ's own is 15 s. */
const runRetryDelay = 1_000;

/** Starts a worker. What stops it resolves when all its handlers have ended. */
export async function bullWorker<Backend extends IQueueBackend, Connection>(
  options: Options<Backend, Connection>,
): Promise<() => Promise<void>> {
  const { times, source } = options;
  const stopping = new AbortController();
  const worker = new Worker<unknown, void, string, Backend, object, Connection>(
    options.queueName,
    (bullJob, token) => process(bullJob, token, { ...options, signal: stopping.signal }),
    {
      connection: source.working,
      prefix: options.prefix,
      concurrency: options.concurrency,
      lockDuration: times.jobLockMs,
      stalledInterval: times.stalledCheckMs,
      maxStalledCount,
      runRetryDelay,
      settings: { backoffStrategy: (tries) => pauseAfter(tries, times) },
    },
    source.backend,
  );
  logEvents(worker, options.log);
  await ready(worker, times);
  return () => {
    // Closing comes first, so that no job is fetched to be aborted at once.
    const closed = worker.close();
    stopping.abort();
    return closed;
  };
}

function pauseAfter(tries: number, { retryBaseMs, retryCapMs }: StoreTimes): number {
  return Math.min(retryCapMs, retryBaseMs * 2 ** (tries - 1));
}

/** The part of a worker that does not depend on its database. */
type AnyWorker = {
  on(event: "error", listener: (error: Error) => void): unknown;
  on(event: "stalled", listener: (jobId: string) => void): unknown;
  on(
    event: "failed",
    listener: (job: { id?: string | undefined } | undefined, error: Error) => void,
  ): unknown;
  waitUntilReady(): Promise<void>;
  close(force: boolean): Promise<void>;
};

function logEvents(worker: AnyWorker, log: Log): void {
  worker.on("error", errorLogger(log, "a worker's connection failed"));
  worker.on("stalled", (job) => log.warn({ job }, "a job's worker died or was stuck; another takes it"));
  worker.on("failed", (job, error) => {
    log.warn({ job: job?.id, error: error.message }, "a job's handler failed");
  });
}

async function ready(worker: AnyWorker, { commandMs }: StoreTimes): Promise<void> {
  try {
    const late = (): Error => new Error(`no answer within ${commandMs / 1_000} s`);
    await within(worker.waitUntilReady(), { ms: commandMs, late });
  } catch (thrown) {
    // A worker whose connection failed this early would wait for ever, also when the database is back.
    await worker.close(true);
    throw storageFailure("start a worker", thrown);
  }
}

type Handling = { handle: Options<IQueueBackend, unknown>["handle"]; log: Log; signal: AbortSignal };

async function process(
  bullJob: BullJob<unknown, void, string>,
  token: string | undefined,
  { handle, log, signal }: Handling,
): Promise<void> {
  const job = Job.safeParse(bullJob.data);
  if (!job.success) {
    log.error({ job: bullJob.id, why: job.error.message }, "a job that cannot be read was dropped");
    return;
  }
  const tries = bullJob.attemptsMade + 1;
  try {
    await handle(job.data, { tries, last: tries >= (bullJob.opts.attempts ?? 1), signal });
  } catch (thrown) {
    if (!signal.aborted) throw thrown;
    // If the database does not answer, the lock lapses and the job is taken all the same, only later.
    await bullJob.moveToWait(token).catch(() => undefined);
    throw new WaitingError();
  }
}
