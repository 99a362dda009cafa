import { Fenced } from "../domain/task/lease.ts";
import { currentAttempt } from "../domain/task/task.ts";
import { type Claim, claimedRecord, claimedTask } from "../ledger/claim.ts";
import { durably, Interrupted } from "../ledger/durably.ts";
import { holdsSecret } from "../proof/checks/text/holds-secret.ts";
import { commitChange } from "../publish/commit-change.ts";
import { judgeChange } from "../run/judge-change.ts";
import { trim } from "../run/trim.ts";

/**
 * What a first attempt that was given up has left → the task's branch, without a pull request, for nothing of it was
 * proved. Where that cannot be done the work stays among the artefacts, and the first failure is the one that is told.
 */
export async function publishSalvage(claim: Claim): Promise<void> {
  const { ports, lease } = claim;
  const begun = await claimedRecord(claim);
  const { change: left, commit, failure, number = 1 } = currentAttempt(begun) ?? {};
  // What the repository's rules refused once, they would refuse again.
  if (!left || commit || failure?.kind === "rules" || number > 1 || judgeChange(begun, left)) return;
  try {
    const { change } = await durably(claim, { name: "trimmed", fields: ["change", "trimmedAt"] }, (task) =>
      trim(task, left, ports),
    );
    const task = await claimedTask(claim);
    if (judgeChange(task, change) || (await holdsSecret(task, change, ports))) return;
    await durably(claim, { name: "committed", fields: ["commit"] }, async (present) => ({
      commit: await commitChange(present, change, ports),
    }));
  } catch (error) {
    if (error instanceof Fenced || error instanceof Interrupted) throw error;
    ports.log.error({ task: lease.id, err: error }, "what the agent left could not be published");
  }
}
