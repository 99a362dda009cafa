import { Failure } from "./failure.ts";

/** A first attempt's branch that somebody else made: nothing of theirs may be moved or lost. */
export function branchIsTaken(branch: string): Failure {
  return new Failure(
    "permission",
    `A branch \`${branch}\` exists that Drafthorse did not make for this task. Rename or delete it, then ask for the task again.`,
  );
}
