import { z } from "zod";

/** A stated reason why a task may not start yet (SPEC section 6). */
export const Hold = z.discriminatedUnion("kind", [
  z
    .object({ kind: z.literal("recent-edit"), by: z.string(), at: z.iso.datetime() })
    .describe("its text was edited by somebody without write access shortly before the label"),
]);
export type Hold = z.infer<typeof Hold>;
