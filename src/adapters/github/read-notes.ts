import type { PulledNotes } from "../../ports/github.ts";
import type { GitHubClient } from "./access.ts";
import type { DatedNote } from "./dated-note.ts";
import { loginOf } from "./login-of.ts";
import type { PullQuestion } from "./read-pull.ts";
import { type SubmittedReview, submittedReviews } from "./read-reviews.ts";
import { mayHaveFailed, readThreads } from "./read-threads.ts";
import { pullIn } from "./shown-pull.ts";

/**
 * A pull request, and what people wrote on it in reviews that stand and in threads that nobody resolved, oldest first;
 * undefined where there is no such one.
 */
export async function readNotes(
  client: GitHubClient,
  { repository, number, appId, botLogin }: PullQuestion,
): Promise<PulledNotes | undefined> {
  const told = await readThreads(client, { repository, number });
  if (!told) return undefined;
  const { shown, threads } = told;
  const standing = (await submittedReviews(client, { repository, shown })).filter(
    ({ state }) => state !== "DISMISSED",
  );
  const notes = [...standing.map(reviewNote), ...threads]
    .filter(({ note }) => note.text.trim() !== "" && note.by !== botLogin)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ note }) => note);
  return { pull: pullIn(shown, botLogin), notes, hasFailedChecks: mayHaveFailed(shown, appId) };
}

function reviewNote({ submittedAt, state, author, body }: SubmittedReview): DatedNote {
  const note = { by: loginOf(author), path: null, line: null, text: body };
  const asks = state === "CHANGES_REQUESTED" ? { requestsChanges: true as const } : {};
  return { at: submittedAt, note: { ...note, ...asks } };
}
