import type { Task } from "../domain/task/task.ts";
import { type IssueId, issueKey } from "../domain/task/task-id.ts";
import type { Issue } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { compareText } from "./compare-text.ts";
import { show } from "./show.ts";

/** Shows a text that is no longer the one that was asked for; the text is compared before the lock is taken. */
export async function followText(
  issue: IssueId,
  look: () => Promise<Issue | undefined>,
  ports: Ports,
): Promise<void> {
  const task = (await ports.tasks.find(issue)).at(-1);
  if (!task || !looksOther(task, await compareText(task, look, ports))) return;
  await ports.locks.exclusively(issueKey(issue), async (lock) => {
    await show(await ports.tasks.change(task.id, () => undefined), lock, ports);
  });
}

/** Beside an accepted brief only the fact is shown, so that nobody can make us write as often as they edit. */
function looksOther(before: Task, after: Task): boolean {
  if (!after.brief) return before.edited?.body !== after.edited?.body;
  return isTextOther(before) !== isTextOther(after) || isTitleOther(before) !== isTitleOther(after);
}

function isTextOther({ edited, issue }: Task): boolean {
  return edited !== undefined && edited.body !== issue.body;
}

function isTitleOther({ edited }: Task): boolean {
  return edited?.title !== undefined;
}
