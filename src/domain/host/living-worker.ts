import { z } from "zod";
import { TaskId } from "../task/task-id.ts";

/** A worker's process, as it says of itself. */
export const LivingWorker = z.object({
  id: z.string().describe("of this one life of the process; the next one has another"),
  machine: z.string().describe("the machine's own name, for the operator's log alone"),
  pid: z.number().int(),
  version: z.string(),
  concurrency: z.number().int().positive(),
  startedAt: z.iso.datetime(),
  seenAt: z.iso.datetime().describe("by its own clock"),
  work: z.array(
    z.object({
      task: TaskId,
      attempt: z.number().int().positive(),
      step: z.string().nullable().describe("null: between two steps"),
      since: z.iso.datetime(),
    }),
  ),
});
export type LivingWorker = z.infer<typeof LivingWorker>;

/** A worker of which nothing was heard for so long is forgotten, in milliseconds: it says something every few seconds. */
export const forgottenMs = 60_000;
