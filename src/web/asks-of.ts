import { newestProof } from "../domain/task/newest-proof.ts";
import type { Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { approvalNote } from "../views/approval-note.ts";
import type { PageSources } from "./page.ts";
import { readEvidence } from "./read-evidence.ts";

/** What each of these tasks still needs a person's word for, by its key; tasks that need none are left out. */
export async function asksOf(
  tasks: Task[],
  ports: Pick<PageSources["ports"], "artefacts" | "log">,
): Promise<Map<string, string>> {
  const asked = await Promise.all(
    tasks
      .filter(({ state }) => state === "proposed")
      .map(async (task) => {
        const evidence = await readEvidence(newestProof(task)?.evidence.artefact, ports);
        return { key: taskKey(task.id), note: evidence && approvalNote(task, evidence) };
      }),
  );
  return new Map(asked.flatMap(({ key, note }) => (note === undefined ? [] : [[key, note] as const])));
}
