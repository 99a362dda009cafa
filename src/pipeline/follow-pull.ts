import { moved, noting } from "../domain/task/lease.ts";
import { isEnded, next } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import type { PullSnapshot } from "../ports/github.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { findBranch, leaveBranch } from "../publish/leave-branch.ts";
import { judgePullRequest } from "../review/judge-pull-request.ts";
import { show } from "./show.ts";

/** Lets a task follow what its pull request is now, and its branch what the task has become. */
export async function followPull(
  { id, repository, pullRequest }: Pick<Task, "id" | "repository" | "pullRequest">,
  by: string,
  ports: Ports,
): Promise<void> {
  await ports.locks.exclusively(issueKey(id), async (lock) => {
    const pull = pullRequest && (await ports.pullRequests.read(repository, pullRequest));
    if (pull) await followRead({ id }, { pull, by, lock }, ports);
  });
}

/** The same for a pull request that was just read, under the issue's lock. */
export async function followRead(
  { id }: Pick<Task, "id">,
  { pull, by, lock }: { pull: PullSnapshot; by: string; lock: IssueLock },
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "issues" | "branches">,
): Promise<void> {
  const task = await ports.tasks.change(id, () => undefined);
  const event = judgePullRequest(pull);
  const isNew = next(task.state, event) !== undefined;
  const isOver = isEnded(task.state) && event !== "reopened";
  // A branch that could not be looked at when the task ended is looked at by the delivery that comes again.
  if (!isNew && !(isOver && task.branchLeft === undefined)) return;
  const at = ports.clock.now().toISOString();
  const branchLeft =
    event === "reopened" ? await findBranch(task, ports) : await leaveBranch(task, pull, ports);
  const after = await ports.tasks.change(id, (present) =>
    next(present.state, event)
      ? // The fence rises, so that a correction still under way has no further effect.
        noting(moved(present, event), { fence: present.fence + 1, branchLeft }, { at, what: event, by })
      : noting(present, { branchLeft }, { at, what: "branch left", by }),
  );
  await show(after, lock, ports);
}
