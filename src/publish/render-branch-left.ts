import type { Task } from "../domain/task/task.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";

/** What became of the branch of a pull request that is over. */
export function renderBranchLeft({ branch, branchLeft, pullRequest, state }: Task): string[] {
  const isOver = state === "ended: rejected" || state === "ended: merged";
  if (!branchLeft || !isOver) return [];
  switch (branchLeft.kind) {
    case "gone":
      return [];
    case "deleted":
      return [
        `The branch ${inlineCode(branch)} was deleted: #${pullRequest} keeps its commits, and GitHub offers there to restore it.`,
      ];
    case "kept":
      return [`The branch ${inlineCode(branch)} is kept, because ${escapeMarkdown(branchLeft.why)}.`];
  }
}
