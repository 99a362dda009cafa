import type { Task } from "../../domain/task/task.ts";
import type { Inbox, Tasks } from "../../ports/store.ts";
import { countChange } from "./count-change.ts";
import type { Metrics } from "./metrics.ts";

/** The same ledger, whose changes are counted once they are written. */
export function meteredTasks(tasks: Tasks, metrics: Pick<Metrics, "counted">): Tasks {
  const note = (before: Task | undefined, after: Task): void => {
    for (const one of countChange(before, after)) metrics.counted(one);
  };
  return {
    ...tasks,
    create: async (changed) => {
      const made = await tasks.create(changed);
      if (made) note(undefined, changed.task);
      return made;
    },
    change: async (id, decide) => {
      // `decide` is called again where another writer came first: only what it saw last was written over.
      const seen: { before?: Task } = {};
      const after = await tasks.change(id, (task) => {
        seen.before = task;
        return decide(task);
      });
      note(seen.before, after);
      return after;
    },
  };
}

/** The same inbox, which counts what is new and what is known. */
export function meteredInbox(inbox: Inbox, metrics: Pick<Metrics, "delivery">): Inbox {
  return {
    ...inbox,
    store: async (delivery) => {
      const outcome = await inbox.store(delivery);
      metrics.delivery(outcome === "stored" ? "received" : "duplicate");
      return outcome;
    },
  };
}
