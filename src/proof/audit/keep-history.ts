import type { Job } from "../../domain/task/job.ts";
import { taskKey } from "../../domain/task/task-id.ts";
import type { Ports } from "../../ports.ts";

/** Keeps the task's chained history, as the ledger has it now, beside the attempt's evidence; again replaces it. */
export async function keepHistory(
  { task, attempt }: Pick<Job, "task" | "attempt">,
  { tasks, artefacts }: Pick<Ports, "tasks" | "artefacts">,
): Promise<void> {
  const lines = (await tasks.history(task)).map((line) => `${JSON.stringify(line)}\n`);
  if (lines.length > 0) await artefacts.write(`${taskKey(task)}/history-${attempt}.jsonl`, lines.join(""));
}
