import { z } from "zod";

/** A path below the working directory; the agent checks that it stays there. */
const Path = z.string().min(1);

/** One thing that the scripted agent does. */
export const Step = z.union([
  z.strictObject({ say: z.string() }),
  z.strictObject({ think: z.string() }),
  z.strictObject({ plan: z.array(z.string()) }),
  z.strictObject({ write: z.strictObject({ path: Path, text: z.string() }) }),
  z.strictObject({ replace: z.strictObject({ path: Path, from: z.string().min(1), to: z.string() }) }),
  z.strictObject({ delete: z.strictObject({ path: Path }) }),
  z.strictObject({ run: z.strictObject({ command: z.string() }) }),
  z.strictObject({ wait: z.strictObject({ ms: z.number().int().nonnegative() }) }),
  z.strictObject({ ask: z.string().describe("the title of what needs permission; refused ends the turn") }),
  z.strictObject({ cost: z.number().nonnegative().describe("the session's cost so far, in US dollars") }),
  z.strictObject({ stop: z.enum(["end_turn", "max_tokens", "max_turn_requests", "refusal"]) }),
]);
export type Step = z.infer<typeof Step>;

/** What the scripted agent does: the first turn whose `when` matches the prompt is played. */
export const Script = z.strictObject({
  name: z.string().default("scripted-agent"),
  version: z.string().default("1.0.0"),
  turns: z.array(
    z.strictObject({
      when: z
        .string()
        .refine(isPattern, "not a regular expression")
        .optional()
        .describe("a regular expression; without it the turn fits every prompt"),
      steps: z.array(Step),
    }),
  ),
});
export type Script = z.infer<typeof Script>;

function isPattern(text: string): boolean {
  try {
    return new RegExp(text) instanceof RegExp;
  } catch {
    return false;
  }
}
