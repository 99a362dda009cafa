import type { Broadcast } from "../../ports/events.ts";
import type { Inbox, Locks, Queue, Tasks, Workers } from "../../ports/store.ts";

/** One engine: six ports on one database. `close` stops what still works and leaves nothing running. */
export type Store = {
  inbox: Inbox;
  tasks: Tasks;
  locks: Locks;
  queue: Queue;
  workers: Workers;
  broadcast: Broadcast;
  close(): Promise<void>;
};
