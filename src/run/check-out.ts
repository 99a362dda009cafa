import type { Base } from "../domain/evidence/change.ts";
import { baseBranch } from "../domain/rules/policy.ts";
import { Failure } from "../domain/task/failure.ts";
import { attemptNumber, type Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

/** Fetches what the attempt starts from: the base branch, or for a correction the task's own branch. */
export async function checkOut(task: Task, ports: Ports): Promise<Base> {
  const correction = attemptNumber(task) > 1;
  const { repository } = task;
  const policy = await ports.policies.of(repository);
  const ref = correction ? task.branch : baseBranch(task.brief?.brief ?? {}, { policy, repository });
  const base = await ports.worktrees.fetch(repository, ref);
  if (base === "missing")
    throw new Failure(
      correction ? "git" : "brief",
      `The repository has no branch \`${ref}\`. Name one that exists under "Base branch".`,
    );
  return base;
}
