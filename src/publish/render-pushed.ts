import { failures } from "../domain/task/failure.ts";
import type { PushedHead } from "../domain/task/pushed-head.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";

/** What becomes of a head that nobody has measured, as the rest of a sentence about it. */
export function renderMeasuring(pushed: PushedHead | undefined): string {
  switch (pushed?.state) {
    case "waiting":
      return "is being measured, without an agent.";
    case "failed":
      return `could not be measured${whyOf(pushed)}`;
    default:
      return "has not been measured.";
  }
}

/** That what stands below is about a head which no agent left, or which is measured again; nothing where neither is so. */
export function renderRemeasured(pushed: PushedHead | undefined): string[] {
  if (!pushed) return [];
  const head = inlineCode(pushed.head.slice(0, 7));
  switch (pushed.state) {
    case "waiting":
      return [`${head} is being measured again.`];
    case "measured":
      return [`Measured at ${head}, the head of the branch, without an agent.`];
    case "failed":
      return [`${head} could not be measured again${whyOf(pushed)}`];
  }
}

function whyOf({ failure }: PushedHead): string {
  const reason = failure
    ? ` (${failure.kind}, ${failures[failure.kind].whose}): ${escapeMarkdown(failure.cause)}`
    : ".";
  return `${reason} Ask for it with "Re-run" on a check of Drafthorse, or push.`;
}
