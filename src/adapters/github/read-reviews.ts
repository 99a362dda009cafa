import type { PullReview, ReviewVerdict } from "../../domain/review/pull-review.ts";
import type { Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { loginOf } from "./login-of.ts";
import { allFitting, everyItem } from "./pages.ts";
import type { ShownPull, ShownReview } from "./shown-pull.ts";

/** A review that its author has submitted. */
export type SubmittedReview = Omit<ShownReview, "submittedAt"> & { submittedAt: string };

/** The submitted reviews of a pull request, oldest first; where there are too many to be told at once they are listed. */
export async function submittedReviews(
  client: GitHubClient,
  { repository, shown }: { repository: Repository; shown: ShownPull },
): Promise<SubmittedReview[]> {
  const { totalCount, nodes } = shown.reviews;
  const told = (nodes ?? []).flatMap((review) => review ?? []);
  const all = told.length < totalCount ? await listReviews(client, repository, shown.number) : told;
  return all.filter((review): review is SubmittedReview => review.submittedAt !== null);
}

async function listReviews(
  client: GitHubClient,
  repository: Repository,
  pull_number: number,
): Promise<ShownReview[]> {
  const at = { ...accessTo(repository, { pull_requests: "write" }), pull_number };
  const reviews = everyItem((page) =>
    client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", { ...at, ...page }),
  );
  return (await allFitting(reviews, () => true)).map(({ user, state, submitted_at, body, commit_id }) => ({
    ...{ state, body, submittedAt: submitted_at ?? null, commit: commit_id ? { oid: commit_id } : null },
    author: user && { __typename: user.type, login: user.login.replace(/\[bot\]$/, "") },
  }));
}

/** GitHub's words for what a review says; whatever it may add later is a comment. */
const verdicts = new Map<string, ReviewVerdict>([
  ["APPROVED", "approved"],
  ["CHANGES_REQUESTED", "changes-requested"],
  ["DISMISSED", "dismissed"],
]);

/** A review as the sign-off reads it. */
export function reviewOf({ author, state, commit }: SubmittedReview): PullReview {
  return { by: loginOf(author), verdict: verdicts.get(state) ?? "commented", commit: commit?.oid ?? "" };
}
