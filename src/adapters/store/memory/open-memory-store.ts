import type { Clock } from "../../../ports.ts";
import type { Store } from "../store.ts";
import { type StoreTimes, storeTimes } from "../store-times.ts";
import { memoryBroadcast } from "./memory-broadcast.ts";
import { memoryInbox } from "./memory-inbox.ts";
import { memoryLocks } from "./memory-locks.ts";
import { MemoryQueue } from "./memory-queue.ts";
import { memoryTasks } from "./memory-tasks.ts";
import { memoryWorkers } from "./memory-workers.ts";

/** Opens the engine that forgets everything with the process: for `drafthorse run` and for tests. */
export function openMemoryStore(options: { clock: Clock; times?: Partial<StoreTimes> }): Store {
  const times = { ...storeTimes, ...options.times };
  const queue = new MemoryQueue(times);
  return {
    inbox: memoryInbox(options),
    tasks: memoryTasks(),
    locks: memoryLocks(times),
    queue,
    workers: memoryWorkers(options),
    broadcast: memoryBroadcast(),
    close: () => queue.close(),
  };
}
