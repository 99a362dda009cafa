import type { Evidence } from "../evidence/evidence.ts";
import type { Policy } from "../rules/policy.ts";
import type { Setup } from "../rules/repository-file.ts";
import type { Task } from "./task.ts";

/**
 * The set-up of a task: the one of the rules, else the guessed one unless it failed on the base; `none` in the rules means
 * none at all.
 */
export function setupOf(
  { guessed }: Pick<Task, "guessed">,
  { setup }: Pick<Policy, "setup">,
): Setup | undefined {
  return setup === "none"
    ? undefined
    : (setup ?? (guessed?.failed === undefined ? guessed?.setup : undefined));
}

/** The same as the evidence has it: the command, and what it was guessed from where nobody wrote it down. */
export function setupFact(
  task: Pick<Task, "guessed">,
  policy: Pick<Policy, "setup">,
): Pick<Evidence, "setup"> {
  const { guessed } = task;
  if (guessed && !policy.setup) {
    const failed = guessed.failed !== undefined && ({ failed: true } as const);
    return { setup: { run: guessed.setup.run, guessedFrom: guessed.from, ...failed } };
  }
  const setup = setupOf(task, policy);
  return setup ? { setup: { run: setup.run } } : {};
}
