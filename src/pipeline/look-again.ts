import type { Hold, TurnHold } from "../domain/task/hold.ts";
import type { Ports } from "../ports.ts";
import { judgeAgain } from "./judge-again.ts";
import { schedule } from "./schedule.ts";

/** What a repository is judged for again and again. */
type RepositoryHold = Exclude<Hold["kind"], "recent-edit" | TurnHold["kind"]>;

/**
 * Tasks under a hold of one kind → judged again, one after the other. A push that would have released one may never
 * have reached us, and of a network that works again nobody is told.
 */
export async function lookAgain(kind: RepositoryHold, ports: Ports): Promise<void> {
  const held = await ports.tasks.find({ live: true, heldBy: kind });
  for (const task of held)
    await judgeAgain(task, ports).catch((err) =>
      ports.log.error({ task: task.id, err }, "a held task could not be judged again"),
    );
  if (held.length > 0) await schedule(ports);
}
