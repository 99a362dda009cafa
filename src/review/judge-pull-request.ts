import type { TaskEvent } from "../domain/task/state.ts";
import type { PullRequest } from "../ports/github.ts";

/** What the pull request's present state means for its task; the order of deliveries is never trusted. */
export function judgePullRequest(pull: Pick<PullRequest, "state">): TaskEvent {
  switch (pull.state) {
    case "open":
      return "reopened";
    case "closed":
      return "closed";
    case "merged":
      return "merged";
  }
}
