import { z } from "zod";
import { AttemptReference } from "../task/task-id.ts";

/** The ways in which changed code is broken, as the literature has them. */
export const mutantKinds = [
  "boundary",
  "comparison",
  "boolean",
  "arithmetic",
  "return",
  "statement",
] as const;
export type MutantKind = (typeof mutantKinds)[number];

/** A changed line that is broken in one way; `from` and `to` are offsets in UTF-16 units, `before` and `after` are for people. */
export const Mutant = z.object({
  path: z.string(),
  line: z.number().int().positive(),
  kind: z.enum(mutantKinds),
  from: z.number().int().nonnegative(),
  to: z.number().int().nonnegative(),
  text: z.string(),
  before: z.string(),
  after: z.string(),
});
export type Mutant = z.infer<typeof Mutant>;

/** The mutants of one change, in the order in which they are tried: the artefact that the proof leaves for later. */
export const Mutants = z.object({ mutants: z.array(Mutant), usualMs: z.number().nonnegative() });
export type Mutants = z.infer<typeof Mutants>;

/** What came of one: noticed by a red or endless run, or not noticed, which is a question to the reviewer. */
export const Question = Mutant.pick({ path: true, line: true, kind: true, before: true, after: true }).extend(
  {
    noticed: z.boolean().nullable().describe("null: the run told nothing, since it was cut short by us"),
    durationMs: z.number().int().nonnegative().describe("with its checkout"),
  },
);
export type Question = z.infer<typeof Question>;

/** What was asked of a published change, one mutant after the other, and why there is no more; kept in the ledger. */
export const Asking = z.object({
  planned: z.number().int().positive().describe("how many mutants there are"),
  asked: z.array(Question),
  ended: z
    .object({
      why: z.string().describe("why some were not tried; empty: all were"),
      artefact: z.string(),
      sha256: z.string(),
    })
    .exactOptional()
    .describe("absent: still measuring"),
  shownAt: z.iso.datetime().exactOptional().describe("when the pull request was told"),
});
export type Asking = z.infer<typeof Asking>;

/** The document of the later row: `questions-1.json`, whose SHA-256 stands in the task's history. */
export const Questions = z.object({
  version: z.literal(1).describe("raised when something is removed or changes its meaning"),
  task: AttemptReference.describe("whose change was asked about, by GitHub's numbers"),
  evidenceSha256: z.string().describe("the evidence of the change that was asked about"),
  tree: z.string().describe("the tree that was broken, one line at a time"),
  planned: z.number().int().positive().describe("how many changed lines were to be broken"),
  why: z.string().describe("why some were not tried; empty: all were"),
  questions: z.array(Question).describe("what came of each that was tried, in their order"),
});
export type Questions = z.infer<typeof Questions>;

/** The mutants that no test noticed. */
export function survivors({ asked }: Pick<Asking, "asked">): Question[] {
  return asked.filter(({ noticed }) => noticed === false);
}
