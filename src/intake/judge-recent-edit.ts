import type { Hold } from "../domain/hold.ts";
import type { Task } from "../domain/task.ts";
import type { Edit } from "../ports/github.ts";

/** How long before the label an edit may be what the person who labels has not seen. */
const recentMs = 10 * 60_000;

/** What is known of a text when it is asked for by a label. */
export type Reviewed = {
  edit: Edit | undefined;
  editorMayAsk: boolean;
  labelledAt: string;
  delivery: string;
  sha256: string;
  rounds: Task[];
};

/**
 * Holds a text that somebody without write access edited so shortly before the label that the person who labels may have
 * read another one. An edit after the label is no better: GitHub names only the last, and it may hide one before. The
 * label again releases it, since by then our comment has shown the very brief.
 */
export function judgeRecentEdit(known: Reviewed): Hold | undefined {
  const { edit, editorMayAsk, labelledAt, delivery, sha256, rounds } = known;
  if (!edit || editorMayAsk || Date.parse(labelledAt) - Date.parse(edit.at) >= recentMs) return undefined;
  const wasShown = rounds.some(({ askedIn, brief }) => askedIn !== delivery && brief?.sha256 === sha256);
  return wasShown ? undefined : { kind: "recent-edit", by: edit.by, at: edit.at };
}
