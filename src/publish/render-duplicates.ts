import { type Duplicate, duplicateWords } from "../domain/task/duplicate.ts";
import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { asMarkdown } from "../domain/text/words.ts";

/** What a person should know before an agent does what is done already; nothing where a hold says it. */
export function renderDuplicates({ duplicates = [], state, hold, pullRequest }: Task): string[] {
  if (duplicates.length === 0 || isEnded(state) || hold?.kind === "duplicate") return [];
  const is = duplicates.length === 1 ? "An open pull request closes" : "Open pull requests close";
  const when = pullRequest === undefined ? "at acceptance" : "when the draft was opened";
  return [
    `⚠️ **${is} this issue already**, ${when}: ${asMarkdown(duplicateWords(duplicates))}. With \`duplicates: refuse\` in \`.github/drafthorse.yml\` such a task waits.`,
  ];
}

/** The same for who reviews ours. */
export function renderRivals({ duplicates = [] }: Task): string[] {
  if (duplicates.length === 0) return [];
  const is = duplicates.length === 1 ? "Another open pull request closes" : "Other open pull requests close";
  return [
    `⚠️ **${is} this issue too**, when this one was opened: ${asMarkdown(duplicateWords(duplicates))}. Compare them before you review.`,
  ];
}

/** Why no pull request is opened for work that is done. */
export function renderLateDuplicates(duplicates: Duplicate[]): string {
  const was = duplicates.length === 1 ? "a pull request was" : "pull requests were";
  return `\`.github/drafthorse.yml\` says \`duplicates: refuse\`, and ${was} opened for this issue while the agent worked: ${asMarkdown(duplicateWords(duplicates))}. No second one is opened. The label again begins a new round all the same.`;
}
