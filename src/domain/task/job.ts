import { z } from "zod";
import { ObjectId } from "../evidence/change.ts";
import { attemptKey, questionsKey, TaskId } from "./task-id.ts";

/** That which crosses the queue: never a text, a token or a payload, only what names the work. */
export const Job = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("attempt"), task: TaskId, attempt: z.number().int().positive() }),
  z.object({ kind: z.literal("questions"), task: TaskId, attempt: z.number().int().positive() }),
  z.object({
    kind: z.literal("measure"),
    task: TaskId,
    attempt: z.number().int().positive().describe("the attempt whose commit was on the branch before"),
    head: ObjectId.describe("the commit that people pushed"),
    run: z.number().int().positive(),
  }),
]);
export type Job = z.infer<typeof Job>;

/** The job that measures a head without an agent. */
export type MeasureJob = Extract<Job, { kind: "measure" }>;

/** The job's id, a function of what it names, so that adding it twice is adding it once. */
export function jobId(job: Job): string {
  if (job.kind === "questions") return questionsKey(job.task, job.attempt);
  const key = attemptKey(job.task, job.attempt);
  return job.kind === "attempt" ? key : `${key}-measure-${job.head.slice(0, 12)}-${job.run}`;
}
