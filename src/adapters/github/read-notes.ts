import type { Feedback, Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import { allOf, everyItem } from "./pages.ts";

type Note = Feedback["notes"][number];
type Dated = { at: string; note: Note };

/** What people wrote on a pull request in reviews and on lines, oldest first. */
export async function readNotes(
  client: GitHubClient,
  of: { repository: Repository; number: number; without: string },
): Promise<Note[]> {
  const { repository, number, without } = of;
  const at = { ...accessTo(repository, { pull_requests: "write" }), pull_number: number };
  const theirs = (note: { body: string; user: { login: string } | null }) =>
    note.body.trim() !== "" && note.user?.login !== without;
  const [reviews, comments] = await Promise.all([
    allOf(
      everyItem((page) =>
        client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", { ...at, ...page }),
      ),
      // A review without a date is one that its author has not submitted.
      (review) => review.submitted_at !== undefined && theirs(review),
    ),
    allOf(
      everyItem((page) =>
        client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/comments", { ...at, ...page }),
      ),
      theirs,
    ),
  ]);
  return [
    ...reviews.map((review) => dated(review.submitted_at ?? "", { ...review, path: null, line: null })),
    ...comments.map((comment) => dated(comment.created_at, { ...comment, line: comment.line ?? null })),
  ]
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ note }) => note);
}

function dated(
  at: string,
  said: { user: { login: string } | null; path: string | null; line: number | null; body: string },
): Dated {
  return { at, note: { by: said.user?.login ?? "ghost", path: said.path, line: said.line, text: said.body } };
}
