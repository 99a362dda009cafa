import { reviewersOf, type Task } from "../domain/task/task.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";

/** The review path in one paragraph: who owns the review, which gates stand, whether the correction is left. */
export function renderReviewPath(task: Task): string {
  const owners = reviewersOf(task);
  return [
    `This draft was written by a coding agent for #${task.id.issueNumber}, which ${inlineCode(task.askedBy)} delegated.`,
    `${owners.map((login) => inlineCode(login)).join(", ")} ${owners.length > 1 ? "own" : "owns"} the review.`,
    "Everything below was measured by Drafthorse, except where it says that it quotes the agent.",
    correctionOf(task),
    "Drafthorse never merges: a person marks it ready, approves and merges, or closes it.",
  ].join(" ");
}

function correctionOf({ attempts, state }: Task): string {
  if (state === "correcting")
    return "The one correction is under way: what stands below is about the commit before it.";
  return attempts.length > 1
    ? "The one correction is used: what is still wrong is mended by hand, or the pull request is closed."
    : "One comment that begins with `/retry`, followed by your words, buys one correction on this branch.";
}
