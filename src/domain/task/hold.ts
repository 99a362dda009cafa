import { z } from "zod";
import { ConfigurationProblem } from "../rules/configuration-problem.ts";
import { Protection } from "../rules/protection.ts";

/** A stated reason why a task may not start yet, with what would release it (SPEC section 6). */
export const Hold = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("configuration"),
    problems: z
      .array(ConfigurationProblem)
      .min(1)
      .describe("it is released when they are mended on the default branch"),
  }),
  z
    .object({ kind: z.literal("repository"), cause: z.string() })
    .describe("the base cannot be fetched; it is released when it can be, which is tried again by itself"),
  z
    .object({ kind: z.literal("protection"), protection: Protection })
    .describe(
      "the rules say `protection: require`, and nothing gates a merge; it is released when something does",
    ),
  z
    .object({
      kind: z.literal("recent-edit"),
      by: z.string(),
      at: z.iso.datetime(),
      title: z.string().exactOptional().describe("as it was asked for, where the title was edited"),
      titleOnly: z.literal(true).exactOptional().describe("the text itself was not edited"),
    })
    .describe(
      "a stranger edited the text or the title shortly before the label; it is released by the label again",
    ),
]);
export type Hold = z.infer<typeof Hold>;
