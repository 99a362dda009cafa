import { type Job, jobId } from "../domain/task/job.ts";
import type { Ports } from "../ports.ts";
import { keepHistory } from "../proof/audit/keep-history.ts";

/** What a job that is over leaves: its task's history is kept beside the evidence, its worktree goes. */
export async function tidyUp(
  job: Job,
  ports: Pick<Ports, "tasks" | "artefacts" | "worktrees">,
): Promise<void> {
  await keepHistory(job, ports);
  await ports.worktrees.close(jobId(job));
}
