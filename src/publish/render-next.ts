import type { Verdict } from "../domain/evidence/evidence.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { capital } from "../domain/text/capital.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { withStop } from "../domain/text/full-stop.ts";
import { asMarkdown } from "../domain/text/words.ts";
import { failureAdvice, nextMove, reviewMove, type TaskMove } from "../views/next-move.ts";
import { renderUnasked } from "./render-owners.ts";

/** Who must do what next, what is left of the correction, and where the change comes from. */
export function renderNext(task: Task, seen: { verdict: Verdict | undefined; isStale: boolean }): string[] {
  const isCorrected = task.state === "correcting";
  const next = isCorrected ? nextMove(task, { on: "github" }) : reviewMove(task, { on: "github" }, seen);
  return [
    ...lastFailure(task),
    ...renderMove(next),
    ...renderUnasked(task),
    `A coding agent wrote this for #${task.id.issueNumber}, which ${inlineCode(task.askedBy)} delegated. Drafthorse measured it, and never merges.`,
  ];
}

/** The next move as a paragraph; nothing where nobody has to do anything. */
export function renderMove(next: TaskMove | undefined): string[] {
  if (!next) return [];
  const { by, move } = next;
  const sentence = withStop(asMarkdown(move));
  return [by.length > 0 ? `**Next, for ${asMarkdown(by)}:** ${sentence}` : `**Next:** ${capital(sentence)}`];
}

function lastFailure(task: Task): string[] {
  const failure = currentAttempt(task)?.failure;
  if (!failure) return [];
  const advice = failureAdvice({ state: "proposed" }, failure.kind, { on: "github" });
  return [`> The last attempt failed (${failure.kind}): ${escapeMarkdown(failure.cause)} ${advice}`];
}
