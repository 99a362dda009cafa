import { z } from "zod";
import { ObjectId } from "../evidence/change.ts";

/** What became of a task's branch when its pull request was closed or merged. */
export const BranchLeft = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("gone") }),
  z.object({ kind: z.literal("deleted"), commit: ObjectId }),
  z.object({ kind: z.literal("kept"), why: z.string() }),
]);
export type BranchLeft = z.infer<typeof BranchLeft>;
