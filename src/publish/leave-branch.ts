import type { Task } from "../domain/task/task.ts";
import type { PullRequest } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { whyKept } from "./judge-branch.ts";

type Left = NonNullable<Task["branchLeft"]>;

/**
 * Deletes the branch of a pull request that is closed or merged where every commit on it is ours: the pull request keeps
 * them, and GitHub offers to restore it. What people pushed stays, and why is told.
 */
export async function leaveBranch(task: Task, pull: PullRequest, ports: Ports): Promise<Left> {
  const { repository, branch } = task;
  const head = await ports.branches.head(repository, branch);
  if (!head) return { kind: "gone" };
  const pulled = await ports.branches.pulled(repository, { branch, pullRequest: pull.number });
  const why = whyKept(task, { head, pullHead: pull.head, pulled });
  if (why !== undefined) return { kind: "kept", why };
  const removed = await ports.branches.remove(repository, { branch, commit: head.commit });
  return removed === "moved"
    ? { kind: "kept", why: "somebody pushed to it meanwhile" }
    : { kind: "deleted", commit: head.commit };
}

/** Puts the branch of a pull request that was reopened back where it was, if nobody has; nothing is left of it then. */
export async function findBranch({ repository, branch, branchLeft }: Task, ports: Ports): Promise<undefined> {
  if (branchLeft?.kind !== "deleted" || (await ports.branches.head(repository, branch))) return;
  await ports.branches.point(repository, { branch, commit: branchLeft.commit, from: null });
}
