import type { Duplicate } from "../domain/task/duplicate.ts";
import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";

/** More pull requests than these help nobody; the rest is counted. */
const most = 5;

/** What a person should know before an agent does what is done already; nothing where a hold says it. */
export function renderDuplicates({ duplicates = [], state, hold }: Task): string[] {
  if (duplicates.length === 0 || isEnded(state) || hold?.kind === "duplicate") return [];
  const is = duplicates.length === 1 ? "An open pull request closes" : "Open pull requests close";
  return [
    `⚠️ **${is} this issue already**, at acceptance: ${listDuplicates(duplicates)}. With \`duplicates: refuse\` in \`.github/drafthorse.yml\` such a task waits.`,
  ];
}

/** Each with its author, or with the round that it is ours from. */
export function listDuplicates(duplicates: Duplicate[]): string {
  const rest = duplicates.length - most;
  const listed = duplicates.slice(0, most).map(nameOne).join(", ");
  return rest > 0 ? `${listed} and ${rest} more` : listed;
}

function nameOne({ number, repository = "", by, round }: Duplicate): string {
  const at = `${repository}#${number}`;
  if (round !== undefined) return `${at} (ours, round ${round})`;
  return by === undefined ? at : `${at} by ${inlineCode(`@${by}`)}`;
}
