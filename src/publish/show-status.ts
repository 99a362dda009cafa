import { createHash } from "node:crypto";
import { noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { namesLabel, renderStatus } from "./render-status.ts";
import type { PlaceInLine } from "./render-turn.ts";

/** What is shown besides the task; `comments` are all that the issue has, where they are known. */
export type StatusParts = {
  briefPart: string;
  place: PlaceInLine;
  comments?: string[] | undefined;
  lock: IssueLock;
};

/**
 * Writes the one status comment of a task and remembers which it is and what it says, which is not written again. Under the
 * lock, so that two processes never both find no comment and make one each. It is not looked for where `comments` are all that the issue has, and none is it.
 */
export async function showStatus(
  task: Task,
  { briefPart, place, comments }: StatusParts,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "issues">,
): Promise<void> {
  const label = namesLabel(task) ? (await ports.policies.read(task.repository)).policy.label : "";
  const body = renderStatus(task, { label, ...place, briefPart });
  const at = { repository: task.repository, number: task.id.issueNumber };
  const known = task.statusComment;
  const statusText = createHash("sha256").update(body).digest("hex");
  if (known !== undefined && task.statusText === statusText) return;
  const ours = marker(task.id, "status");
  const isNew =
    comments !== undefined && known === undefined && !comments.some((text) => text.includes(ours));
  const comment = await ports.issues.say(at, { marker: ours, body, known, isNew });
  if (comment === undefined) return;
  const now = ports.clock.now().toISOString();
  await ports.tasks.change(task.id, (present) =>
    comment === present.statusComment
      ? { task: { ...present, statusText }, entries: [] }
      : noting(
          present,
          { statusComment: comment, statusText },
          { at: now, what: "status comment", details: { comment } },
        ),
  );
}
