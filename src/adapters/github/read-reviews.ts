import type { PullReview, ReviewVerdict } from "../../domain/review/pull-review.ts";
import type { Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { allFitting, everyItem } from "./pages.ts";

/** GitHub's words for what a review says; whatever it may add later is a comment. */
const verdicts = new Map<string, ReviewVerdict>([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes-requested"],
  ["DISMISSED", "dismissed"],
]);

/** The submitted reviews of a pull request, oldest first, as GitHub lists them. */
export async function readReviews(
  client: GitHubClient,
  { repository, number }: { repository: Repository; number: number },
): Promise<PullReview[]> {
  const at = { ...accessTo(repository, { pull_requests: "write" }), pull_number: number };
  const reviews = await allFitting(
    everyItem((page) =>
      client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", { ...at, ...page }),
    ),
    // A review without a date is one that its author has not submitted.
    ({ submitted_at }) => submitted_at !== undefined,
  );
  return reviews.map(({ user, state, commit_id }) => ({
    by: user?.login ?? "ghost",
    verdict: verdicts.get(state) ?? "commented",
    commit: commit_id ?? "",
  }));
}
