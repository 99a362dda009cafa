import type { Check, Verdict } from "../domain/evidence/evidence.ts";
import type { TaskState } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";

/** How something is to be taken: a colour and a sign, which no reader needs to tell apart from the words beside them. */
export type Tone = "good" | "attention" | "bad" | "busy" | "waiting" | "merged" | "quiet";

/** A few words with the tone in which they are said. */
export type Saying = { words: string; tone: Tone };

/** The same with a sign, for a place that has no colours. */
type SignedSaying = Saying & { sign: string };

/** Each state of a task, in the words of the comment, the pages and the command line. */
export const stateSayings: Record<TaskState, SignedSaying> = {
  incomplete: { sign: "🟡", words: "The brief is incomplete", tone: "attention" },
  queued: { sign: "⏳", words: "Queued", tone: "waiting" },
  held: { sign: "⏸️", words: "Held", tone: "attention" },
  running: { sign: "🏃", words: "Running", tone: "busy" },
  proposed: { sign: "📝", words: "Draft pull request open", tone: "good" },
  correcting: { sign: "🔁", words: "Correcting", tone: "busy" },
  "ended: cancelled": { sign: "⏹️", words: "Cancelled", tone: "quiet" },
  "ended: nothing-changed": { sign: "⚪", words: "Ended: nothing changed", tone: "quiet" },
  "ended: withheld": { sign: "🛑", words: "Withheld", tone: "bad" },
  "ended: failed": { sign: "🔴", words: "Failed", tone: "bad" },
  "ended: rejected": { sign: "⚫", words: "Ended: pull request was closed", tone: "quiet" },
  "ended: merged": { sign: "🟣", words: "Merged", tone: "merged" },
};

/**
 * How a task stands, in a few words. A pull request that GitHub would not open as a draft is named as what it is; in a clone
 * there is none.
 */
export function stateSaying(
  { state, draft }: Pick<Task, "state" | "draft">,
  on: "github" | "clone" = "github",
): SignedSaying {
  const saying = stateSayings[state];
  if (state !== "proposed") return saying;
  if (on === "clone") return { ...saying, words: "Branch ready" };
  return draft === false ? { ...saying, words: "Pull request open, an ordinary one" } : saying;
}

/** Each verdict, in the word that the evidence has for it. */
export const verdictSayings: Record<Verdict, SignedSaying> = {
  passed: { sign: "✅", words: "passed", tone: "good" },
  "needs-attention": { sign: "⚠️", words: "needs-attention", tone: "attention" },
  failed: { sign: "❌", words: "failed", tone: "bad" },
  incomplete: { sign: "⏹️", words: "incomplete", tone: "bad" },
};

export const checkSayings: Record<Check["status"], Saying> = {
  pass: { words: "passed", tone: "good" },
  attention: { words: "to look at", tone: "attention" },
  fail: { words: "failed", tone: "bad" },
  "not measured": { words: "not measured", tone: "quiet" },
};
