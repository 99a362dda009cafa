import { assertHeld, moved, noting } from "../domain/lease.ts";
import type { TaskEvent } from "../domain/state.ts";
import { attemptKey, issueKey } from "../domain/task-id.ts";
import { rewriteBody } from "../publish/rewrite-body.ts";
import { show } from "./show.ts";
import { heldTask, type Turn } from "./turn.ts";

/**
 * Ends an attempt: people are told first, the ledger last, so that a crash between the two tells them once more instead
 * of never. Then whatever the attempt left on the disk goes.
 */
export async function finish(turn: Turn, event: TaskEvent): Promise<void> {
  const { ports, lease } = turn;
  await ports.locks.exclusively(issueKey(lease.id), async () => {
    const ended = moved(await heldTask(turn), event);
    await rewriteBody(ended, ports);
    await show(ended, ports);
    const at = ports.clock.now().toISOString();
    await ports.tasks.change(lease.id, (task) => {
      assertHeld(task, lease);
      return noting(moved(task, event), { cancel: undefined }, { at, what: event });
    });
  });
  await ports.worktrees.close(attemptKey(lease.id, lease.attempt));
  ports.log.info({ task: lease.id, attempt: lease.attempt, event }, "attempt ended");
}
