import { attemptNumber, type PublishedCommit, type Task } from "../domain/task.ts";
import { attemptKey } from "../domain/task-id.ts";
import type { Ports } from "../ports.ts";
import { readEvidence } from "./read-evidence.ts";
import { renderCheck } from "./render-check.ts";

/** Puts the check run `drafthorse/validation` with the evidence on the published commit; resolves to the time. */
export async function reportCheck(task: Task, commit: PublishedCommit, ports: Ports): Promise<string> {
  const evidence = await readEvidence(task, ports);
  if (evidence)
    await ports.checkRuns.report(task.repository, {
      name: "drafthorse/validation",
      head: commit.commit,
      externalId: attemptKey(task.id, attemptNumber(task)),
      ...renderCheck(evidence),
    });
  return ports.clock.now().toISOString();
}
