import type { Feedback, Repository } from "../../domain/task/task.ts";
import { accessTo, type GitHubClient } from "./access.ts";
import type { DatedNote } from "./dated-note.ts";
import { allFitting, everyItem } from "./pages.ts";
import { readThreads } from "./read-threads.ts";

type Note = Feedback["notes"][number];

/** What people wrote on a pull request in reviews that stand, and in threads that nobody resolved, oldest first. */
export async function readNotes(
  client: GitHubClient,
  of: { repository: Repository; number: number; without: string },
): Promise<Note[]> {
  const { repository, number, without } = of;
  const at = { ...accessTo(repository, { pull_requests: "write" }), pull_number: number };
  const [reviews, threads] = await Promise.all([
    allFitting(
      everyItem((page) =>
        client.request("GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews", { ...at, ...page }),
      ),
      // A review without a date is one that its author has not submitted.
      ({ submitted_at, state }) => submitted_at !== undefined && state !== "DISMISSED",
    ),
    readThreads(client, { repository, number }),
  ]);
  const said = reviews.map(({ submitted_at, state, user, body }): DatedNote => {
    const note = { by: user?.login ?? "ghost", path: null, line: null, text: body };
    const asks = state === "CHANGES_REQUESTED" ? { requestsChanges: true as const } : {};
    return { at: submitted_at ?? "", note: { ...note, ...asks } };
  });
  return [...said, ...threads]
    .filter(({ note }) => note.text.trim() !== "" && note.by !== without)
    .sort((one, other) => Date.parse(one.at) - Date.parse(other.at))
    .map(({ note }) => note);
}
