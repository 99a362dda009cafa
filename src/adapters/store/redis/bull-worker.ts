import { type BackendFactory, type IQueueBackend, Worker } from "bullmq";
import type { Log } from "../../../ports.ts";
import { errorLogger } from "../error-logger.ts";
import { inTime } from "../in-time.ts";
import { storageFailure } from "../storage-failure.ts";
import type { StoreTimes } from "../store-times.ts";
import { type Handling, handleBullJob } from "./handle-bull-job.ts";

type BullWorkerOptions<Backend extends IQueueBackend, Connection> = {
  queueName: string;
  prefix: string;
  concurrency: number;
  handle: Handling["handle"];
  source: { backend: BackendFactory<Backend, Connection>; working: Connection };
  times: StoreTimes;
  log: Log;
};

/** BullMQ fails a job that stalled this often. Deaths are counted in the ledger, so here it may be any large number. */
const maxStalledCount = 1_000_000;

/** The pause after an answer that the database did not give, in milliseconds; BullMQ's own is 15 s. */
const runRetryDelay = 1_000;

/** One worker of BullMQ, with what we need of it besides. */
class BullWorker<Backend extends IQueueBackend, Connection> extends Worker<
  unknown,
  void,
  string,
  Backend,
  object,
  Connection
> {
  logTo(log: Log): void {
    this.on("error", errorLogger(log, "a worker's connection failed"));
    this.on("stalled", (job) => log.warn({ job }, "a job's worker died or was stuck; another takes it"));
    this.on("failed", (job, error) => {
      log.warn({ job: job?.id, cause: error.message }, "a job's handler failed");
    });
  }

  /** Rejects, and leaves nothing behind, if the database does not answer soon. */
  async begin(ms: number): Promise<void> {
    try {
      await inTime(this.waitUntilReady(), { ms, late: noAnswer });
    } catch (thrown) {
      // A worker whose connection failed this early would wait for ever, also when the database is back.
      await this.end({ ms, force: true });
      throw storageFailure("start a worker", thrown);
    }
  }

  /** Closes, but without a database that never ends, and BullMQ's timers would keep the process alive. */
  async end({ ms, force }: { ms: number; force: boolean }): Promise<void> {
    await inTime(this.close(force), { ms, late: noAnswer }).catch(() => this.lockManager.close());
  }
}

function noAnswer(): Error {
  return new Error("the database does not answer");
}

/** Starts a worker. What stops it resolves when all its handlers have ended. */
export async function bullWorker<Backend extends IQueueBackend, Connection>(
  options: BullWorkerOptions<Backend, Connection>,
): Promise<() => Promise<void>> {
  const { times, source, log, handle } = options;
  const stopping = new AbortController();
  const running = new Set<Promise<void>>();
  const handling: Handling = { handle, log, signal: stopping.signal, running };
  const worker = new BullWorker<Backend, Connection>(
    options.queueName,
    (bullJob) => handleBullJob(bullJob, handling),
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
  worker.logTo(log);
  await worker.begin(times.commandMs);
  return async () => {
    // Closing comes first, so that no job is fetched to be aborted at once.
    worker.close().catch(() => undefined);
    stopping.abort();
    await Promise.allSettled(running);
    await worker.end({ ms: times.commandMs, force: false });
  };
}

function pauseAfter(tries: number, { retryBaseMs, retryCapMs }: StoreTimes): number {
  return Math.min(retryCapMs, retryBaseMs * 2 ** (tries - 1));
}
