import { z } from "zod";
import { attemptKey, questionsKey, TaskId } from "./task-id.ts";

/** That which crosses the queue: never a text, a token or a payload, only what names the work. */
export const Job = z.object({
  kind: z.enum(["attempt", "questions"]),
  task: TaskId,
  attempt: z.number().int().positive(),
});
export type Job = z.infer<typeof Job>;

/** The job's id, a function of what it names, so that adding it twice is adding it once. */
export function jobId(job: Job): string {
  return job.kind === "questions" ? questionsKey(job.task, job.attempt) : attemptKey(job.task, job.attempt);
}
