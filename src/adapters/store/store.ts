import type { Inbox, Locks, Queue, Tasks } from "../../ports/store.ts";

/** One engine: four ports on one database. `close` stops what still works and leaves nothing running. */
export type Store = {
  inbox: Inbox;
  tasks: Tasks;
  locks: Locks;
  queue: Queue;
  close(): Promise<void>;
};
