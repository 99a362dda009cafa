import { Failure } from "../../../domain/task/failure.ts";
import { type Job, jobId } from "../../../domain/task/job.ts";
import type { JobContext, Queue, QueueDepth } from "../../../ports/store.ts";

type WaitingJob = { job: Job; tries: number };
type QueueWork = { concurrency: number; handle: (job: Job, context: JobContext) => Promise<void> };
type MemoryWorker = QueueWork & { running: Set<Promise<void>>; stopping: AbortController };

/**
 * The queue in memory. Its tries are those of the other engines, but there is no pause between them: nothing here
 * waits for a database to come back, and a test with a fake clock need not turn it.
 */
export class MemoryQueue implements Queue {
  readonly #jobTries: number;
  readonly #known = new Set<string>();
  readonly #waiting: WaitingJob[] = [];
  readonly #workers = new Set<MemoryWorker>();
  #closed = false;

  constructor({ jobTries }: { jobTries: number }) {
    this.#jobTries = jobTries;
  }

  async add(job: Job): Promise<void> {
    if (this.#closed) throw new Failure("storage", "The queue is closed.");
    if (this.#known.has(jobId(job))) return;
    this.#known.add(jobId(job));
    this.#waiting.push({ job: structuredClone(job), tries: 1 });
    this.#release();
  }

  async work(work: QueueWork): Promise<() => Promise<void>> {
    const worker: MemoryWorker = { ...work, running: new Set(), stopping: new AbortController() };
    this.#workers.add(worker);
    this.#release();
    return () => this.#stop(worker);
  }

  async depth(): Promise<QueueDepth> {
    const active = [...this.#workers].reduce((sum, { running }) => sum + running.size, 0);
    return { waiting: this.#waiting.length, active, delayed: 0 };
  }

  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#workers].map((worker) => this.#stop(worker)));
  }

  #release(): void {
    for (const worker of this.#workers)
      while (worker.running.size < worker.concurrency) {
        const next = this.#waiting.shift();
        if (!next) return;
        this.#start(worker, next);
      }
  }

  #start(worker: MemoryWorker, next: WaitingJob): void {
    const running = Promise.resolve()
      .then(() => this.#run(worker, next))
      .finally(() => {
        worker.running.delete(running);
        this.#release();
      });
    worker.running.add(running);
  }

  async #run(worker: MemoryWorker, { job, tries }: WaitingJob): Promise<void> {
    const { signal } = worker.stopping;
    try {
      await worker.handle(job, { tries, last: tries >= this.#jobTries, signal });
      this.#known.delete(jobId(job));
    } catch {
      if (signal.aborted) this.#waiting.unshift({ job, tries });
      else if (tries < this.#jobTries) this.#waiting.push({ job, tries: tries + 1 });
      else this.#known.delete(jobId(job));
    }
  }

  async #stop(worker: MemoryWorker): Promise<void> {
    this.#workers.delete(worker);
    worker.stopping.abort();
    await Promise.all(worker.running);
  }
}
