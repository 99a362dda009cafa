import type { Check, Verdict } from "../domain/evidence/evidence.ts";
import type { TaskState } from "../domain/task/state.ts";

/** How something is to be taken: a colour and a sign, which no reader needs to tell apart from the words beside them. */
export type Tone = "good" | "attention" | "bad" | "busy" | "waiting" | "merged" | "quiet";

/** A few words with the tone in which they are said. */
export type Saying = { words: string; tone: Tone };

/** Each state of a task, in the words of the status comment. */
export const stateSayings: Record<TaskState, Saying> = {
  incomplete: { words: "Brief incomplete", tone: "attention" },
  queued: { words: "Queued", tone: "waiting" },
  held: { words: "Held", tone: "attention" },
  running: { words: "Running", tone: "busy" },
  proposed: { words: "Draft pull request open", tone: "good" },
  correcting: { words: "Correcting", tone: "busy" },
  "ended: cancelled": { words: "Cancelled", tone: "quiet" },
  "ended: nothing-changed": { words: "Ended without a change", tone: "quiet" },
  "ended: withheld": { words: "Withheld", tone: "bad" },
  "ended: failed": { words: "Failed", tone: "bad" },
  "ended: rejected": { words: "Closed without merge", tone: "quiet" },
  "ended: merged": { words: "Merged", tone: "merged" },
};

export const verdictSayings: Record<Verdict, Saying> = {
  passed: { words: "passed", tone: "good" },
  "needs-attention": { words: "needs attention", tone: "attention" },
  failed: { words: "failed", tone: "bad" },
  incomplete: { words: "incomplete", tone: "bad" },
};

export const checkSayings: Record<Check["status"], Saying> = {
  pass: { words: "passed", tone: "good" },
  attention: { words: "to look at", tone: "attention" },
  fail: { words: "failed", tone: "bad" },
  "not measured": { words: "not measured", tone: "quiet" },
};
