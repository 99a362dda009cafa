import { z } from "zod";
import type { Policy } from "./policy.ts";
import { Setup } from "./repository-file.ts";
import type { Task } from "./task.ts";

/** A set-up that nobody wrote down: guessed at acceptance from files of the base. */
export const GuessedSetup = z.object({
  setup: Setup,
  from: z.array(z.string()).describe("the files that it was guessed from"),
});
export type GuessedSetup = z.infer<typeof GuessedSetup>;

/** The set-up of a task: the one of the rules, else the guessed one; `none` in the rules means none at all. */
export function setupOf(
  { guessed }: Pick<Task, "guessed">,
  { setup }: Pick<Policy, "setup">,
): Setup | undefined {
  return setup === "none" ? undefined : (setup ?? guessed?.setup);
}
