import type { Attempt, Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { PulledCommits } from "../ports/branches.ts";
import type { PullSnapshot } from "../ports/github.ts";

/** What is known of the branch of a pull request that is over; `brought` is null where every commit is known to be ours. */
export type OverBranch = {
  branch: NonNullable<PullSnapshot["branch"]>;
  pullHead: string;
  brought: PulledCommits | null;
};

/** Why the branch of a task that is over stays; undefined where every commit on it is ours, which the pull request keeps. */
export function whyKept(
  { id }: Pick<Task, "id">,
  { branch, pullHead, brought }: OverBranch,
): string | undefined {
  if (branch.commit !== pullHead) return "somebody pushed to it after the pull request was closed";
  const [other] = branch.otherPulls;
  if (other !== undefined) return `#${other} comes from it too`;
  if (brought === "too many") return "it has more commits than are looked at";
  const isOurs = brought === null || brought.every((ours) => ours?.task === taskKey(id));
  return isOurs ? undefined : "people pushed to it";
}

/** Whether the ledger alone says that a head is our attempts on the base, one on the other, with nothing between them. */
export function isOwnChain({ attempts }: Pick<Task, "attempts">, head: string): boolean {
  const published = attempts.filter(({ commit }) => commit);
  const isNext = ({ number, base }: Attempt, at: number): boolean =>
    at === 0 ? number === 1 : base?.commit === published[at - 1]?.commit?.commit;
  return published.at(-1)?.commit?.commit === head && published.every(isNext);
}
