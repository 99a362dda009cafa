import { randomUUID } from "node:crypto";
import { hostname } from "node:os";
import type { LivingWorker } from "../../domain/host/living-worker.ts";
import { type Job, jobId } from "../../domain/task/job.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import type { Ports } from "../../ports.ts";
import { ownVersion } from "./own-version.ts";

/** How often a worker says that it lives, in milliseconds. */
const everyMs = 5_000;

type WorkerPorts = Pick<Ports, "workers" | "events" | "timer" | "clock" | "log">;

/** Says what this process works on. `stop` forgets it, and never rejects. */
export type ReportedWorker = {
  /** Runs what is done for a job, and has it in the list meanwhile. */
  during<T>(job: Job, act: () => Promise<T>): Promise<T>;
  stop(): Promise<void>;
};

/** Keeps this worker in the store's list of those that live; the list is for people, and nothing is decided on it. */
export function reportWorker(ports: WorkerPorts, { concurrency }: { concurrency: number }): ReportedWorker {
  const { workers, events, timer, clock, log } = ports;
  const now = (): string => clock.now().toISOString();
  const own = { id: randomUUID(), machine: hostname(), pid: process.pid, version: ownVersion };
  const startedAt = now();
  const work = new Map<string, LivingWorker["work"][number]>();
  const say = (): Promise<void> =>
    workers
      .keep({ ...own, concurrency, startedAt, seenAt: now(), work: [...work.values()] })
      .catch((err) => log.warn({ err }, "this worker could not be kept in the list of workers"));
  const unlisten = events.listen((event) => {
    if (event.kind !== "step begun") return;
    for (const [id, one] of work)
      if (taskKey(one.task) === taskKey(event.task)) work.set(id, { ...one, step: event.step, since: now() });
  });
  const unsay = timer.every(everyMs, say);
  log.info({ worker: own.id, machine: own.machine }, "this worker is in the list of workers");
  void say();
  return {
    during: async (job, act) => {
      work.set(jobId(job), { task: job.task, attempt: job.attempt, step: null, since: now() });
      void say();
      try {
        return await act();
      } finally {
        work.delete(jobId(job));
      }
    },
    stop: async () => {
      unsay();
      unlisten();
      await workers.forget(own.id).catch(() => undefined);
    },
  };
}
