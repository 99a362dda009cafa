import type { Hold } from "../domain/task/hold.ts";
import type { Task } from "../domain/task/task.ts";
import type { TextEdit } from "../ports/github.ts";

/** How long before the label an edit may be what the person who labels has not seen. */
const recentMs = 10 * 60_000;

/** What is known of a text when it is asked for by a label. */
export type Reviewed = {
  edit: TextEdit | undefined;
  editorMayAsk: boolean;
  labelledAt: string;
  delivery: string;
  sha256: string;
  rounds: Task[];
};

/** The same of its title. */
export type ReviewedTitle = Omit<Reviewed, "sha256"> & { title: string };

/** A hold for what a person may not have read. */
export type RecentEdit = Extract<Hold, { kind: "recent-edit" }>;

/**
 * Holds a text that somebody without write access edited so shortly before the label that the person who labels may have
 * read another one. An edit after the label is no better: GitHub names only the last, and it may hide one before. The
 * label again releases it, since by then our comment has shown the very brief.
 */
export function judgeRecentEdit(known: Reviewed): RecentEdit | undefined {
  const edit = unreadEdit(known, ({ brief }) => brief?.sha256 === known.sha256);
  return edit && { kind: "recent-edit", by: edit.by, at: edit.at };
}

/** The same for a title, which names the pull request and stands above the agent's task. */
export function judgeRecentTitle(known: ReviewedTitle): RecentEdit | undefined {
  const { title } = known;
  const edit = unreadEdit(known, ({ issue, brief }) => brief !== undefined && issue.title === title);
  return edit && { kind: "recent-edit", by: edit.by, at: edit.at, title, titleOnly: true };
}

function unreadEdit(
  known: Omit<Reviewed, "sha256">,
  isShown: (round: Task) => boolean,
): TextEdit | undefined {
  const { edit, editorMayAsk, labelledAt, delivery, rounds } = known;
  if (!edit || editorMayAsk || Date.parse(labelledAt) - Date.parse(edit.at) >= recentMs) return undefined;
  return rounds.some((round) => round.askedIn !== delivery && isShown(round)) ? undefined : edit;
}
