import { moved, noting } from "../domain/task/lease.ts";
import { next, type TaskEvent } from "../domain/task/state.ts";
import { issueKey } from "../domain/task/task-id.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { judgePullRequest } from "../review/judge-pull-request.ts";
import { show } from "./show.ts";

/** The pull request was closed, merged or reopened → the task follows what the pull request is now. */
export async function close(
  order: Extract<Command, { kind: "close" | "reopen" }>,
  ports: Ports,
): Promise<void> {
  const { repository, pullRequest } = order;
  const task = (await ports.tasks.find({ repositoryId: repository.id, pullRequest })).at(-1);
  if (!task) return;
  await ports.locks.exclusively(issueKey(task.id), async () => {
    const now = await ports.pullRequests.read(repository, pullRequest);
    const event: TaskEvent | undefined = now && judgePullRequest(now);
    const at = ports.clock.now().toISOString();
    const after = await ports.tasks.change(task.id, (present) =>
      event && next(present.state, event)
        ? // The fence rises, so that a correction still under way has no further effect.
          noting(moved(present, event), { fence: present.fence + 1 }, { at, what: event, by: order.by })
        : undefined,
    );
    await show(after, ports);
  });
}
