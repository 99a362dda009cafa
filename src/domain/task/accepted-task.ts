import { Failure } from "./failure.ts";
import type { Attempt, Task } from "./task.ts";

/** A task whose brief was accepted, with the attempt that works on it: what every step of an attempt is given. */
export type AcceptedTask = Task & {
  brief: NonNullable<Task["brief"]>;
  attempts: [Attempt, ...Attempt[]];
};

/** Reads a task as accepted. Only accepted tasks get a job, so that any other is a bug of ours. */
export function acceptedTask(task: Task): AcceptedTask {
  const { brief, attempts } = task;
  const [first, ...later] = attempts;
  if (!brief || !first) throw new Failure("bug", "A task without an accepted brief was begun.");
  return { ...task, brief, attempts: [first, ...later] };
}

/** The attempt that an accepted task is at. */
export function presentAttempt({ attempts }: Pick<AcceptedTask, "attempts">): Attempt {
  const [first] = attempts;
  return attempts.at(-1) ?? first;
}

/** An attempt whose change was proved. */
export type ProvedAttempt = Attempt & {
  change: NonNullable<Attempt["change"]>;
  evidence: NonNullable<Attempt["evidence"]>;
};

/** Reads the present attempt as proved. Questions are asked of published changes alone, so that any other is a bug of ours. */
export function provedAttempt(task: Pick<AcceptedTask, "attempts">): ProvedAttempt {
  const attempt = presentAttempt(task);
  const { change, evidence } = attempt;
  if (!change || !evidence)
    throw new Failure("bug", "Questions were to be asked of a change without evidence.");
  return { ...attempt, change, evidence };
}
