import { z } from "zod";
import { ObjectId } from "./change.ts";

/** An assertion that was broken. */
export const BrokenAssertion = z.object({
  path: z.string(),
  line: z.number().int().positive(),
  text: z.string().describe("its first line"),
  test: z.string().describe('the test around it; "" where it stands outside of all'),
});
export type BrokenAssertion = z.infer<typeof BrokenAssertion>;

/** One run of the validation command on the change with some assertions broken; its log is an artefact. */
export const AssertionRun = z.object({
  tree: ObjectId,
  exitCode: z.number().int().nullable(),
  endedBy: z.string(),
  durationMs: z.number().int().nonnegative(),
  log: z.string(),
  logSha256: z.string(),
  broken: z.array(BrokenAssertion).describe("what was broken in it"),
});
export type AssertionRun = z.infer<typeof AssertionRun>;

/** What became of the new and changed assertions of a change, each broken once. */
export const AssertionTrial = z.object({
  runs: z.array(AssertionRun),
  noticed: z.number().int().nonnegative().describe("how many made their test fail"),
  untried: z
    .array(z.object({ why: z.string(), count: z.number().int().positive() }))
    .describe("those that could not be broken, by the reason"),
  unread: z.array(z.string()).describe("test files that the command does not run: nothing is said of theirs"),
  left: z.number().int().nonnegative().describe("how many there was no time for"),
});
export type AssertionTrial = z.infer<typeof AssertionTrial>;
