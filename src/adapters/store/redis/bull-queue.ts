import { type BackendFactory, Queue as BullQueue, type IQueueBackend } from "bullmq";
import { type Job, jobId } from "../../../domain/task/job.ts";
import type { Queue } from "../../../ports/store.ts";
import type { Log } from "../../../ports.ts";
import { errorLogger } from "../error-logger.ts";
import { stored } from "../storage-failure.ts";
import type { StoreTimes } from "../store-times.ts";
import { bullWorker } from "./bull-worker.ts";

/** Where BullMQ keeps the jobs: what adds them fails fast, what works on them waits for a database to come back. */
export type BullSource<Backend extends IQueueBackend, Connection> = {
  backend: BackendFactory<Backend, Connection>;
  adding: Connection;
  working: Connection;
};

/** The one queue; in Redis its keys begin with `drafthorse:jobs:`. */
const queueName = "jobs";
const prefix = "drafthorse";

/** The queue of jobs on BullMQ, whatever database it has. */
export async function bullQueue<Backend extends IQueueBackend, Connection>(options: {
  source: BullSource<Backend, Connection>;
  times: StoreTimes;
  log: Log;
}): Promise<Queue> {
  const { source, times, log } = options;
  const queue = new BullQueue(queueName, { connection: source.adding, prefix }, source.backend);
  queue.on("error", errorLogger(log, "the queue's connection failed"));
  await stored("open the queue", () => queue.waitUntilReady());
  const stops = new Set<() => Promise<void>>();

  const add = async (job: Job): Promise<void> => {
    await queue.add(job.kind, job, {
      jobId: jobId(job),
      attempts: times.jobTries,
      backoff: { type: "capped" },
      // The ledger remembers; a job that stayed would keep its id from being added again.
      removeOnComplete: true,
      removeOnFail: true,
    });
  };

  return {
    add: (job) => stored(`add ${jobId(job)} to the queue`, () => add(job)),
    async work(work) {
      const stop = await bullWorker({ ...work, ...options, queueName, prefix });
      stops.add(stop);
      return async () => {
        await stop();
        stops.delete(stop);
      };
    },
    depth: () =>
      stored("count the jobs", async () => {
        const {
          waiting = 0,
          active = 0,
          delayed = 0,
        } = await queue.getJobCounts("waiting", "active", "delayed");
        return { waiting, active, delayed };
      }),
    async close() {
      await Promise.all([...stops].map((stop) => stop()));
      await queue.close();
    },
  };
}
