import type { Policy } from "../rules/policy.ts";
import type { Setup } from "../rules/repository-file.ts";
import type { Task } from "./task.ts";

/** The set-up of a task: the one of the rules, else the guessed one; `none` in the rules means none at all. */
export function setupOf(
  { guessed }: Pick<Task, "guessed">,
  { setup }: Pick<Policy, "setup">,
): Setup | undefined {
  return setup === "none" ? undefined : (setup ?? guessed?.setup);
}

/** The same as the evidence has it: the command, and what it was guessed from where nobody wrote it down. */
export function setupFact(
  task: Pick<Task, "guessed">,
  policy: Pick<Policy, "setup">,
): { setup?: { run: string; guessedFrom?: string[] } } {
  const setup = setupOf(task, policy);
  if (!setup) return {};
  const { run } = setup;
  return { setup: policy.setup || !task.guessed ? { run } : { run, guessedFrom: task.guessed.from } };
}
