import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { Failure } from "../domain/task/failure.ts";
import { assertHeld, noting } from "../domain/task/lease.ts";
import { setupOf } from "../domain/task/setup-of.ts";
import { type Claim, claimedTask } from "../ledger/claim.ts";
import type { Series } from "../proof/run/outcome-of.ts";
import { tryBase } from "../proof/try-base.ts";

type TrialOrder = Parameters<typeof tryBase>[1];

/**
 * Tries the base. Where a set-up that nobody wrote down fails there, the command is tried once more without it: a wrong
 * guess of ours must not end a task that needs no set-up. If that does not start either, the first failure stands.
 */
export async function tryWithoutGuess(claim: Claim, order: TrialOrder): Promise<Series> {
  const { ports } = claim;
  const task = await claimedTask(claim);
  try {
    return await tryBase(task, order, ports);
  } catch (error) {
    const { guessed } = task;
    if (!guessed || !(await isGuessed(task, claim)) || !isOfSetup(error)) throw error;
    const bare = { ...task, guessed: { ...guessed, failed: error.message } };
    const series = await tryBase(bare, order, ports).catch(() => {
      throw error;
    });
    await writeDownFailed(claim, error.message);
    return series;
  }
}

async function isGuessed(task: AcceptedTask, { ports }: Claim): Promise<boolean> {
  const policy = await ports.policies.of(task.repository, task.brief.brief.scope);
  return policy.setup === undefined && setupOf(task, policy) !== undefined;
}

function isOfSetup(error: unknown): error is Failure {
  return error instanceof Failure && error.kind === "setup";
}

async function writeDownFailed({ ports, lease }: Claim, failed: string): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(lease.id, (task) => {
    assertHeld(task, lease);
    const guessed = task.guessed && { ...task.guessed, failed };
    return noting(task, { guessed }, { at, what: "guessed set-up failed", details: { failed } });
  });
}
