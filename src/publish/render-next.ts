import type { Verdict } from "../domain/evidence/evidence.ts";
import { failures } from "../domain/task/failure.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { renderReadying } from "./render-drafts.ts";
import { renderOwners, renderUnasked } from "./render-owners.ts";

/** What the reviewer does with a change of this verdict. */
const moves: Record<Verdict, string> = {
  passed: "read the changed lines, then mark it ready, approve and merge it, or close it.",
  "needs-attention":
    "judge what is listed above and read the changed lines, then mark it ready, approve and merge it, or close it.",
  failed: "decide whether it is corrected, mended by hand, or closed.",
  incomplete: "decide whether it is corrected, mended by hand, or closed.",
};

const stale =
  "read what was pushed since as you would read any change, and run its tests; then mark it ready, approve and merge it, or close it.";

/** Who must do what next, what is left of the correction, and where the change comes from. */
export function renderNext(
  task: Task,
  { verdict = "incomplete", isStale }: { verdict: Verdict | undefined; isStale: boolean },
): string[] {
  const way = isStale ? stale : `${moves[verdict]} ${correctionOf(task)}`;
  const move = way.replace("mark it ready", renderReadying(task));
  const next =
    task.state === "correcting"
      ? "wait. The one correction is under way: what stands here is about the commit before it."
      : move;
  return [
    ...lastFailure(task),
    `**Next, for ${renderOwners(task)}:** ${next}`,
    ...renderUnasked(task),
    `A coding agent wrote this for #${task.id.issueNumber}, which ${inlineCode(task.askedBy)} delegated. Drafthorse measured it, and never merges.`,
  ];
}

function correctionOf({ attempts }: Task): string {
  return attempts.length > 1
    ? "The one correction is used."
    : "A comment that begins with `/retry`, followed by your words, buys one correction on this branch.";
}

function lastFailure(task: Task): string[] {
  const failure = currentAttempt(task)?.failure;
  if (!failure) return [];
  const { nextMove } = failures[failure.kind];
  return [`> The last attempt failed (${failure.kind}): ${escapeMarkdown(failure.cause)} ${nextMove}`];
}
