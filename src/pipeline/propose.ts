import type { Duplicate } from "../domain/task/duplicate.ts";
import { Failure } from "../domain/task/failure.ts";
import { noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import { findDuplicates } from "../intake/find-duplicates.ts";
import { judgeDuplicates } from "../intake/judge-duplicates.ts";
import type { Ports } from "../ports.ts";
import { findPullRequest, openPullRequest } from "../publish/open-pull-request.ts";
import { renderLateDuplicates } from "../publish/render-duplicates.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/**
 * A proved commit → the task's one pull request; resolves to its number. Whether somebody opened one for the issue while
 * the agent worked is looked at before, and only there: by then our own would be among them.
 */
export async function propose(task: Task, ports: Ports): Promise<number> {
  return (
    (await findPullRequest(task, ports)) ?? openPullRequest(await withLateDuplicates(task, ports), ports)
  );
}

/** The task with the open pull requests that close its issue now; rejects with a `rules` failure where the rules take no second. */
async function withLateDuplicates(
  task: Task,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "snapshots" | "pullRequests">,
): Promise<Task> {
  const { id, repository, askedIn } = task;
  const { closers } = await takeSnapshot({ repository, number: id.issueNumber }, ports);
  const rounds = await ports.tasks.find({ repositoryId: id.repositoryId, issueNumber: id.issueNumber });
  const duplicates = await findDuplicates(repository, { linked: closers, rounds }, ports);
  const told = await rememberDuplicates(task, duplicates, ports);
  const { duplicates: rule } = await ports.policies.of(repository);
  if (judgeDuplicates({ rule, duplicates, delivery: askedIn, rounds }))
    throw new Failure("rules", renderLateDuplicates(duplicates));
  return told;
}

/** What was named once lets the label again release the next round. */
async function rememberDuplicates(
  task: Task,
  duplicates: Duplicate[],
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<Task> {
  const at = ports.clock.now().toISOString();
  const isSame = JSON.stringify(duplicates) === JSON.stringify(task.duplicates ?? []);
  if (isSame) return task;
  await ports.tasks.change(task.id, (present) =>
    noting(
      present,
      { duplicates },
      { at, what: "pull requests for the issue looked for", details: { open: duplicates.length } },
    ),
  );
  return { ...task, duplicates };
}
