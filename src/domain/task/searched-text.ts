import { repositoryName } from "./repository-name.ts";
import type { Task } from "./task.ts";

/** What words are looked for in, in lower case: title, repository, number, people and branch. No engine's text holds U+0000. */
export function searchedText({ id, issue, askedBy, branch, repository }: Task): string {
  return [issue.title, repositoryName(repository), `#${id.issueNumber}`, askedBy, issue.author, branch]
    .join("\n")
    .toLowerCase()
    .replaceAll("\0", "");
}

/** Whether a text has each of the words, which are in lower case. */
export function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}
