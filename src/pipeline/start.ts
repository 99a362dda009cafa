import { presentAttempt } from "../domain/task/accepted-task.ts";
import { Failure } from "../domain/task/failure.ts";
import { assertHeld, noting } from "../domain/task/lease.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { refuseStart } from "../intake/refuse-start.ts";
import { type Claim, claimedTask } from "../ledger/claim.ts";
import { durably } from "../ledger/durably.ts";
import type { Snapshot } from "../ports/github.ts";
import { compareText } from "./compare-text.ts";
import { show } from "./show.ts";

/** An attempt that was begun this often, retries of passing failures included, would be begun for ever. */
const maxStarts = 16;

/** Looks once more whether the attempt is wanted, and says that it runs; false if it is not. */
export async function start(claim: Claim, { issue }: Pick<Snapshot, "issue">): Promise<boolean> {
  const { ports, lease } = claim;
  const task = await claimedTask(claim);
  if (presentAttempt(task).starts > maxStarts)
    throw new Failure("bug", `Workers began this attempt ${maxStarts} times and never came to its end.`);
  const refusal = task.cancel?.why ?? (await refuseStart(task, issue, ports));
  if (refusal) {
    const at = ports.clock.now().toISOString();
    await ports.tasks.change(lease.id, (present) => {
      assertHeld(present, lease);
      return noting(present, { notice: refusal }, { at, what: "not started", details: { refusal } });
    });
    return false;
  }
  await durably(claim, { name: "started", fields: ["startedAt"] }, async () => {
    await ports.locks.exclusively(issueKey(lease.id), async (lock) =>
      show(await compareText(await claimedTask(claim), async () => issue, ports), lock, ports),
    );
    return { startedAt: ports.clock.now().toISOString() };
  });
  return true;
}
