import type { Change } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { branchIsTaken } from "../domain/task/branch-taken.ts";
import { Failure } from "../domain/task/failure.ts";
import { attemptNumber, isFirstStart, type PublishedCommit } from "../domain/task/task.ts";
import { attemptKey, taskKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { refuseUnsigned } from "./refuse-unsigned.ts";
import { renderCommitMessage } from "./render-commit-message.ts";

/**
 * Puts the change on the task's branch as one commit, made by GitHub's API so that no git here can push. A commit of
 * this very attempt that is already there, from before a crash, is taken as it is.
 */
export async function commitChange(
  task: AcceptedTask,
  change: Change,
  ports: Pick<Ports, "branches" | "protection" | "objects">,
): Promise<PublishedCommit> {
  const { repository, branch } = task;
  const number = attemptNumber(task);
  const from = number > 1 ? change.base.commit : null;
  // At a first start nothing of ours is there; a branch that is elsewhere refuses to be moved.
  if (!isFirstStart(task)) {
    const head = await ports.branches.head(repository, branch);
    if (head?.ours?.task === taskKey(task.id) && head.ours.attempt === number && head.tree === change.tree)
      return { commit: head.commit, tree: head.tree, verified: head.verified };
    if ((head?.commit ?? null) !== from) throw branchIsElsewhere(branch, number);
  }
  const key = attemptKey(task.id, number);
  const made = await ports.branches.commit(repository, {
    change,
    parent: change.base.commit,
    message: renderCommitMessage(task),
    blob: (id) => ports.objects.blob({ repository, change, key }, id),
  });
  await refuseUnsigned(task, made, ports);
  if ((await ports.branches.point(repository, { branch, commit: made.commit, from })) === "moved")
    throw branchIsElsewhere(branch, number);
  return made;
}

function branchIsElsewhere(branch: string, attempt: number): Failure {
  return attempt > 1
    ? new Failure(
        "overtaken",
        `Somebody pushed to \`${branch}\` while the agent was correcting it, and what they pushed stays.`,
      )
    : branchIsTaken(branch);
}
