import type { Hold } from "../domain/task/hold.ts";
import type { Ports } from "../ports.ts";
import { judgeAgain } from "./judge-again.ts";

/**
 * Tasks under a hold of one kind → judged again, one after the other. A push that would have released one may never
 * have reached us, and of a network that works again nobody is told.
 */
export async function lookAgain(kind: Exclude<Hold["kind"], "recent-edit">, ports: Ports): Promise<void> {
  for (const task of await ports.tasks.find({ live: true, heldBy: kind }))
    await judgeAgain(task, ports).catch((err) =>
      ports.log.error({ task: task.id, err }, "a held task could not be judged again"),
    );
}
