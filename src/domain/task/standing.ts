import { isUnderWay } from "./state.ts";
import type { Task } from "./task.ts";

/** The hold that keeps a task waiting; one that a task has got past stays in its record. */
export function standingHold({ state, hold }: Pick<Task, "state" | "hold">): Task["hold"] {
  return state === "held" || state === "incomplete" ? hold : undefined;
}

/** The failure that somebody has to do something about: nothing goes on by itself, and nothing is settled. */
export function standingFailure(task: Pick<Task, "state" | "failure">): Task["failure"] {
  return isUnderWay(task) || task.state === "ended: merged" ? undefined : task.failure;
}
