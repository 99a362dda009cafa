import { z } from "zod";

/** A step of set-up that the repository wrote for others, and that is not run here. */
export const SkippedStep = z.object({
  from: z.string().describe("the file that has it"),
  step: z.string().describe("the step, shortened to one line"),
  why: z.string().describe("why it cannot be run here: what it does or needs, as the end of a sentence"),
});
export type SkippedStep = z.infer<typeof SkippedStep>;
