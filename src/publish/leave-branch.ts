import type { Task } from "../domain/task/task.ts";
import type { PullSnapshot } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { isOwnChain, whyKept } from "./judge-branch.ts";

type Left = NonNullable<Task["branchLeft"]>;

/**
 * Deletes the branch of a pull request that is closed or merged where every commit on it is ours: the pull request keeps
 * them, and GitHub offers to restore it. What people pushed stays, and why is told.
 */
export async function leaveBranch(
  task: Task,
  pull: PullSnapshot,
  ports: Pick<Ports, "branches">,
): Promise<Left> {
  const { repository, branch: name } = task;
  const { branch, head: pullHead, number } = pull;
  if (!branch) return { kind: "gone" };
  const isOwn = isOwnChain(task, pullHead);
  const brought = isOwn ? null : await ports.branches.pulled(repository, number);
  const why = whyKept(task, { branch, pullHead, brought });
  if (why !== undefined) return { kind: "kept", why };
  // Where nothing more was asked, it was seen in the moment before.
  const isSeen = isOwn && branch.name === name;
  const { commit } = branch;
  const removed = await ports.branches.remove(repository, { branch: name, commit, isSeen });
  return removed === "moved"
    ? { kind: "kept", why: "somebody pushed to it meanwhile" }
    : { kind: "deleted", commit };
}

/** Puts the branch of a pull request that was reopened back where it was, if nobody has; nothing is left of it then. */
export async function findBranch(
  { repository, branch, branchLeft }: Task,
  ports: Pick<Ports, "branches">,
): Promise<undefined> {
  if (branchLeft?.kind !== "deleted" || (await ports.branches.head(repository, branch))) return;
  await ports.branches.point(repository, { branch, commit: branchLeft.commit, from: null });
}
