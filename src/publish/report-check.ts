import { attemptNumber, type PublishedCommit, type Task } from "../domain/task/task.ts";
import { attemptKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "./read-proof.ts";
import { renderCheck } from "./render-check.ts";
import { renderQuestions } from "./render-questions.ts";

/** Puts the check run `drafthorse/validation` with the evidence on the published commit; resolves to the time. */
export async function reportCheck(task: Task, commit: PublishedCommit, ports: Ports): Promise<string> {
  const proof = await readProof(task, ports);
  if (proof)
    await ports.checkRuns.report(task.repository, {
      name: "drafthorse/validation",
      head: commit.commit,
      externalId: attemptKey(task.id, attemptNumber(task)),
      ...renderCheck({ ...proof, questions: renderQuestions(task) }),
    });
  return ports.clock.now().toISOString();
}
