import type { Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { Head, PulledCommits } from "../ports/github.ts";

/** What is known of the branch of a pull request that is over. */
export type OverBranch = { head: Head; pullHead: string; pulled: PulledCommits };

/** Why the branch of a task that is over stays; undefined where every commit on it is ours, which the pull request keeps. */
export function whyKept(
  { id }: Pick<Task, "id">,
  { head, pullHead, pulled }: OverBranch,
): string | undefined {
  if (head.commit !== pullHead) return "somebody pushed to it after the pull request was closed";
  const [other] = pulled.otherPulls;
  if (other !== undefined) return `#${other} comes from it too`;
  if (pulled.commits === "too many") return "it has more commits than are looked at";
  const isOurs = pulled.commits.every((ours) => ours?.task === taskKey(id));
  return isOurs ? undefined : "people pushed to it";
}
