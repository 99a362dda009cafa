import type { Events } from "../../ports/events.ts";
import type { Tasks } from "../../ports/store.ts";

/** The same ledger, which tells every process of each change once it is written. */
export function announcingTasks(tasks: Tasks, { tell }: Pick<Events, "tell">): Tasks {
  return {
    ...tasks,
    create: async (changed) => {
      const isNew = await tasks.create(changed);
      if (isNew) tell({ kind: "task changed", task: changed.task.id });
      return isNew;
    },
    change: async (id, decide) => {
      // `decide` is called again where another writer came first: what it decided last counts.
      const decided = { changes: false };
      const after = await tasks.change(id, (task) => {
        const changed = decide(task);
        decided.changes = changed !== undefined;
        return changed;
      });
      if (decided.changes) tell({ kind: "task changed", task: id });
      return after;
    },
  };
}
