import { z } from "zod";

/** Whom GitHub was asked to have review a pull request, logins and `org/team`. */
export const ReviewRequest = z.object({
  owners: z.array(z.string()).describe("who owns the review; none: whoever may write but the one who asked"),
  asked: z.array(z.string()),
  assigned: z.array(z.string()).describe("who of them could be assigned"),
  refused: z.array(z.object({ name: z.string(), why: z.enum(["no write access", "refused by GitHub"]) })),
});
export type ReviewRequest = z.infer<typeof ReviewRequest>;
