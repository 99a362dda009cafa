import type { Job } from "../domain/task/job.ts";
import { attemptKey } from "../domain/task/task-id.ts";
import type { Ports } from "../ports.ts";
import { keepHistory } from "../proof/audit/keep-history.ts";

/** What an attempt that is over leaves: its task's history is kept beside the evidence, its worktree goes. */
export async function tidyUp(job: Pick<Job, "task" | "attempt">, ports: Ports): Promise<void> {
  await keepHistory(job, ports);
  await ports.worktrees.close(attemptKey(job.task, job.attempt));
}
