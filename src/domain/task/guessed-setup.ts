import { z } from "zod";
import { Setup } from "../rules/repository-file.ts";

/** A set-up that nobody wrote down: guessed at acceptance from files of the base. */
export const GuessedSetup = z.object({
  setup: Setup,
  from: z.array(z.string()).describe("the files that it was guessed from"),
  failed: z.string().optional().describe("why it failed on the base, where the work then went on without it"),
});
export type GuessedSetup = z.infer<typeof GuessedSetup>;
