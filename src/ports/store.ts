import type { LivingWorker } from "../domain/host/living-worker.ts";
import type { Delivery } from "../domain/task/delivery.ts";
import type { Hold } from "../domain/task/hold.ts";
import type { Job } from "../domain/task/job.ts";
import type { TaskState } from "../domain/task/state.ts";
import type { HistoryEntry, HistoryLine, Task } from "../domain/task/task.ts";
import type { IssueKey, TaskId } from "../domain/task/task-id.ts";

/** The store of webhook deliveries. Every promise rejects with a `storage` failure if the store does not answer. */
export type Inbox = {
  /** MUST be durable before it resolves, and MUST answer `known` for a digest that was ever stored. */
  store(delivery: Delivery): Promise<"stored" | "known">;
  /** Deliveries that nobody has settled, oldest first, at most `limit`. */
  pending(limit: number): Promise<Delivery[]>;
  /**
   * Those of the ids (the header X-GitHub-Delivery) that belong to a delivery which was stored in the last seven days. Nobody
   * signed an id, so this is good for asking GitHub again and for nothing else.
   */
  known(ids: string[]): Promise<Set<string>>;
  /** Marks a delivery as handled. MUST keep the digest and the id, and MUST drop the body. */
  settle(digest: string): Promise<void>;
};

/** What a change of a task writes: the task as it is to be, and the lines for its history. */
export type Changed = { task: Task; entries: HistoryEntry[] };

/** Those that have not ended: all, or those of a repository, of an installation, in some states or under a hold of one kind. */
export type LiveQuery = {
  live: true;
  repositoryId?: number;
  installationId?: number;
  states?: readonly TaskState[];
  heldBy?: Hold["kind"];
};

/** Which tasks are looked for. */
export type TaskQuery =
  | { repositoryId: number; issueNumber: number }
  | { repositoryId: number; pullRequest: number }
  | LiveQuery;

/**
 * A part of a list: tasks of these repositories in these states, `skip` of them left out, at most `limit`. With `words`, which
 * are in lower case, those alone whose searched text has each of them.
 */
export type TaskSelection = {
  repositories: number[];
  states: readonly TaskState[];
  skip: number;
  limit: number;
  words?: readonly string[];
};

/** How many tasks of a repository are in a state; never none. */
export type TaskCount = { repositoryId: number; state: TaskState; count: number };

/** The ledger of tasks. It outlives the jobs; every promise rejects with a `storage` failure. */
export type Tasks = {
  /** Creates a task unless its id exists; false if it does. MUST be atomic and durable. */
  create(changed: Changed): Promise<boolean>;
  read(id: TaskId): Promise<Task | undefined>;
  /**
   * Replaces a task by what `decide` makes of its present value, in one atomic step together with the history.
   * `decide` MUST be pure: it is called again when another writer came first. Undefined changes nothing. Resolves to
   * the task as it then is. What `decide` throws is thrown, with nothing written.
   */
  change(id: TaskId, decide: (task: Task) => Changed | undefined): Promise<Task>;
  /**
   * Rounds of one issue in ascending order, the task of a pull request, or those that have not ended by age. MUST read only
   * what is asked for.
   */
  find(query: TaskQuery): Promise<Task[]>;
  /** The selected tasks, the one that was changed last first. MUST read no more tasks than it answers with. */
  select(selection: TaskSelection): Promise<Task[]>;
  /** The task of each of these repositories that was changed last, in any order; a repository without tasks has none. */
  newest(repositories: number[]): Promise<Task[]>;
  /** How many tasks there are, by repository and state. MUST read no task. */
  count(): Promise<TaskCount[]>;
  /**
   * Removes every task of an installation with its history, and resolves to their ids. Whoever works on one of them finds
   * it gone.
   */
  purge(installationId: number): Promise<TaskId[]>;
  /** Every line in the order of its writing, each chained to the one before by `sha256`. */
  history(id: TaskId): Promise<HistoryLine[]>;
};

/** Known here alone, so that nobody else can write down a `Locked`. */
declare const taken: unique symbol;

/**
 * The lock `key`, in the hands of whoever may act under it. Only a store makes one, and hands it to the action of
 * `exclusively`; it is good until that action ends.
 */
export type Locked<K extends string> = { readonly key: K; readonly [taken]: true };

/** The lock of one issue. A function that takes it must run alone for that issue. */
export type IssueLock = Locked<IssueKey>;

/** Mutual exclusion between all processes on one store. */
export type Locks = {
  /**
   * Runs `action` while nobody else holds `key`; waits at most 10 s for it, then rejects with a `storage` failure.
   * The lease MUST be renewed while `action` runs and MUST expire within 30 s of the holder's death.
   */
  exclusively<K extends string, T>(key: K, action: (lock: Locked<K>) => Promise<T>): Promise<T>;
};

/** What a handler of jobs is told besides the job. `signal` aborts when this process is to stop. */
export type JobContext = { tries: number; last: boolean; signal: AbortSignal };

/** How many jobs wait for a worker, are worked on, and rest until they are tried again. */
export type QueueDepth = { waiting: number; active: number; delayed: number };

/** The queue of jobs. */
export type Queue = {
  /** MUST be durable before it resolves; adding a job whose id is still known MUST change nothing. */
  add(job: Job): Promise<void>;
  /**
   * Hands jobs to `handle`, at most `concurrency` at once. A handler that throws is given the job again after a
   * growing pause, up to `JobContext.last`; a job whose worker died is given to another once its lock has expired.
   * Resolves to a function that takes no more jobs, aborts the running ones' signal and waits for them.
   */
  work(options: {
    concurrency: number;
    handle: (job: Job, context: JobContext) => Promise<void>;
  }): Promise<() => Promise<void>>;
  /** Rejects with a `storage` failure if the queue's database does not answer. */
  depth(): Promise<QueueDepth>;
  close(): Promise<void>;
};

/** Packs, logs and evidence by name (`TASK-KEY/NAME`). A name is written once and never changed. */
export type Artefacts = {
  /** MUST be durable before it resolves; writing a name again replaces it whole or not at all. */
  write(name: string, content: Uint8Array | string): Promise<{ sha256: string; bytes: number }>;
  /** Takes a file over under a name; the file is gone from its old place. */
  adopt(name: string, file: string): Promise<{ sha256: string; bytes: number }>;
  read(name: string): Promise<Uint8Array | undefined>;
  /** So many bytes from an offset on, fewer or none where it ends before; undefined where nobody wrote it. MUST read no more. */
  part(name: string, at: { from: number; bytes: number }): Promise<Uint8Array | undefined>;
  /** Removes all artefacts below a task's key. */
  purge(taskKey: string): Promise<void>;
};

/** The workers' processes that live. Every promise rejects with a `storage` failure. */
export type Workers = {
  /** Keeps what a worker says of itself, in place of what it said before, until it was silent for `forgottenMs`. */
  keep(worker: LivingWorker): Promise<void>;
  /** Those that were heard of since, the first to start first; at most 1,000. */
  list(): Promise<LivingWorker[]>;
  /** Forgets one that ends. */
  forget(id: string): Promise<void>;
};
