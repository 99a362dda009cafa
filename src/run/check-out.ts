import type { Base } from "../domain/evidence/change.ts";
import { baseBranch } from "../domain/rules/policy.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { branchIsTaken } from "../domain/task/branch-taken.ts";
import { Failure } from "../domain/task/failure.ts";
import { attemptNumber } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Snapshot } from "../ports/github.ts";
import type { Ports } from "../ports.ts";

/**
 * Fetches what the attempt starts from, with its submodules: the base branch, or for a correction the task's own branch. A
 * first attempt whose branch is somebody else's ends here, before anything is spent.
 */
export async function checkOut(
  task: AcceptedTask,
  { hasBranch }: Pick<Snapshot, "hasBranch">,
  ports: Pick<Ports, "policies" | "branches" | "worktrees">,
): Promise<Base> {
  const correction = attemptNumber(task) > 1;
  const { repository } = task;
  if (!correction && hasBranch && (await isForeign(task, ports))) throw branchIsTaken(task.branch);
  const policy = await ports.policies.of(repository);
  const ref = correction ? task.branch : baseBranch(task.brief.brief, { policy, repository });
  const base = await ports.worktrees.fetch(repository, ref);
  if (base === "missing")
    throw new Failure(
      correction ? "git" : "brief",
      `The repository has no branch \`${ref}\`. Name one that exists under "Base branch".`,
    );
  const submodules = await ports.worktrees.submodules(repository, base);
  return submodules.length > 0 ? { ...base, submodules } : base;
}

/** A branch that this very task left, before a crash, is its own. */
async function isForeign(
  { id, repository, branch }: AcceptedTask,
  ports: Pick<Ports, "branches">,
): Promise<boolean> {
  const head = await ports.branches.head(repository, branch);
  return head !== undefined && head.ours?.task !== taskKey(id);
}
