import { z } from "zod";
import { attemptKey, TaskId } from "./task-id.ts";

/** That which crosses the queue: never a text, a token or a payload, only what names the work. */
export const Job = z.object({
  kind: z.literal("attempt"),
  task: TaskId,
  attempt: z.number().int().positive(),
});
export type Job = z.infer<typeof Job>;

/** The job's id, a function of what it names, so that adding it twice is adding it once. */
export function jobId(job: Job): string {
  return attemptKey(job.task, job.attempt);
}
