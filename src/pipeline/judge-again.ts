import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { readAgain } from "../intake/enter-task.ts";
import { noteDrafts } from "../intake/note-drafts.ts";
import { noteDuplicates } from "../intake/note-duplicates.ts";
import type { Ports } from "../ports.ts";
import { type Judged, judgeAsked } from "./judge-asked.ts";
import { show } from "./show.ts";
import { takeSnapshot } from "./take-snapshot.ts";

/** A waiting task → judged by its repository as that is now and shown; if nothing of that holds it any more, it waits for its turn. */
export async function judgeAgain(task: Task, ports: Ports): Promise<void> {
  const { repository, issue, askedBy } = task;
  const asked = await judgeAsked({ repository, by: askedBy, issue }, ports);
  // What another hold keeps waiting is looked at once more when that is gone.
  const judged = asked.hold ? asked : await withFreshNotes(task, asked, ports);
  await ports.locks.exclusively(issueKey(task.id), async (lock) => {
    const after = await readAgain(task, judged, ports);
    await show(after, lock, ports);
  });
}

async function withFreshNotes(
  { repository, id }: Task,
  judged: Judged,
  ports: Pick<Ports, "policies" | "tasks" | "snapshots" | "pullRequests">,
): Promise<Judged> {
  const at = { repository, number: id.issueNumber };
  const { closers } = await takeSnapshot(at, ports);
  return noteDuplicates(await noteDrafts(judged, at, ports), { ...at, closers }, ports);
}
