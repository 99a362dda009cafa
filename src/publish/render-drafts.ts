import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";

/** Said before the pull request is opened: anybody could merge what they take for finished. */
export function renderDrafts({ draftsRefused, draft, pullRequest, state, hold }: Task): string[] {
  const isTold = hold?.kind === "draft" || draft !== undefined || pullRequest !== undefined;
  if (!draftsRefused || isTold || isEnded(state)) return [];
  return [
    "⚠️ **GitHub refuses draft pull requests here**: the pull request will be an ordinary one, titled `[draft] …`. With `draft: require` in `.github/drafthorse.yml` such a task waits.",
  ];
}
