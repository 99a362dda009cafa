import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";

/** Why a `/cancel` by somebody who may ask changes nothing; undefined: it is obeyed. */
export function whyNotCancelled({ state }: Pick<Task, "state">): string | undefined {
  if (state === "proposed") return "Nothing is under way. Close the pull request to end the task.";
  return isEnded(state) ? `This task has ended: ${state.replace("ended: ", "")}.` : undefined;
}
