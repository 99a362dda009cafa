import { z } from "zod";
import { ObjectId } from "../evidence/change.ts";
import { Verdict } from "../evidence/evidence.ts";
import { FailureNote } from "./failure.ts";

/** Where the evidence of a proof is kept, and what it adds up to. */
export const KeptEvidence = z.object({
  artefact: z.string(),
  sha256: z.string(),
  verdict: Verdict,
  withheld: z
    .array(z.string())
    .exactOptional()
    .describe("why nothing of it may be published, one sentence each; absent where it may"),
  mutants: z
    .number()
    .int()
    .positive()
    .exactOptional()
    .describe("how many changed lines are to be broken once it is published; absent: none"),
});
export type KeptEvidence = z.infer<typeof KeptEvidence>;

/** A head that people pushed, or that somebody asked to have measured again, and what that came to. */
export const PushedHead = z.object({
  head: ObjectId,
  attempt: z.number().int().positive().describe("the last attempt whose commit was on the branch before"),
  run: z.number().int().positive().describe("how often this head was asked to be measured"),
  state: z.enum(["waiting", "measured", "failed"]).describe("of that run"),
  evidence: KeptEvidence.optional().describe("of the newest run that was measured"),
  failure: FailureNote.optional().describe("why the run came to nothing"),
});
export type PushedHead = z.infer<typeof PushedHead>;
