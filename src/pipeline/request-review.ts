import { noting } from "../domain/task/lease.ts";
import { namedReviewers } from "../domain/task/reviewers-of.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "../publish/read-proof.ts";
import { askReview } from "../review/ownership/ask-review.ts";
import { readCodeowners } from "../review/ownership/read-codeowners.ts";

/** The pull request is open → its review is asked for and its people are assigned, once in a round; resolves to the task as it is then. */
export async function requestReview(task: Task, number: number, ports: Ports): Promise<Task> {
  if (task.reviewRequest) return task;
  const codeowners = await ownersInFile(task, ports);
  const reviewRequest = await askReview(task, { number, codeowners }, ports);
  const at = ports.clock.now().toISOString();
  return ports.tasks.change(task.id, (present) =>
    noting(present, { reviewRequest }, { at, what: "review asked for", details: reviewRequest }),
  );
}

/** The file is read only where nobody else is named. */
async function ownersInFile(task: Task, ports: Pick<Ports, "artefacts" | "baseFiles">): Promise<string[]> {
  const base = currentAttempt(task)?.base;
  if (!base || namedReviewers(task).length > 0) return [];
  const files = (await readProof(task, ports))?.evidence.files ?? [];
  return readCodeowners({ repository: task.repository, base, paths: files.map(({ path }) => path) }, ports);
}
