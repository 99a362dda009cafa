import type { Base, Change } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { changeAddress } from "../domain/task/change-address.ts";
import { type Attempt, attemptNumber } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";

type BaseAndChange = { base: Base; change: Change; rebasedAt: string };

/** Whether the change merges with the base branch as it is now; of a base that did not move that needs no git. */
export async function tryMerge(
  task: AcceptedTask,
  change: Change,
  ports: Pick<Ports, "worktrees" | "objects">,
): Promise<NonNullable<Attempt["merge"]>> {
  const onto = await baseNow(task, ports);
  if (!onto) return { head: change.base.commit, conflicts: [] };
  const { conflicts } = await ports.objects.merge(changeAddress(task, change), { onto });
  return { head: onto.commit, conflicts };
}

/**
 * The change on the base branch as it is now, to be proved there. It stays where it is where the rules do not ask for that,
 * where the base did not move, where the two contradict each other, and in a correction, which goes on from its branch.
 */
export async function rebase(
  task: AcceptedTask,
  { base, change }: { base: Base; change: Change },
  ports: Pick<Ports, "clock" | "policies" | "worktrees" | "objects">,
): Promise<BaseAndChange> {
  const same = { base, change, rebasedAt: ports.clock.now().toISOString() };
  const policy = await ports.policies.of(task.repository);
  if (policy.rebase === "never" || attemptNumber(task) > 1) return same;
  const onto = await baseNow(task, ports);
  if (!onto) return same;
  const pack = `${taskKey(task.id)}/rebased-${attemptNumber(task)}.pack`;
  const merged = await ports.objects.merge(changeAddress(task, change), { onto, pack });
  return merged.change ? { ...same, base: onto, change: merged.change } : same;
}

/** The base branch where it is no longer what the task began from; one that is gone is for GitHub to tell. */
async function baseNow(task: AcceptedTask, ports: Pick<Ports, "worktrees">): Promise<Base | undefined> {
  const [{ base }] = task.attempts;
  if (!base) return undefined;
  const now = await ports.worktrees.fetch(task.repository, base.ref);
  if (now === "missing" || now.commit === base.commit) return undefined;
  const submodules = await ports.worktrees.submodules(task.repository, now);
  return submodules.length > 0 ? { ...now, submodules } : now;
}
