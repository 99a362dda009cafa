import type { Attempt } from "../domain/task/task.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** More names than these are on the page of the commits. */
const mostNames = 5;

/** How much of the words that asked for it is quoted, in characters. */
const longestWords = 200;

/** What the newest correction was asked for, and what it changed on top of the commit before it. */
export function renderCorrection(attempts: Attempt[]): string[] {
  const now = attempts.findLast(({ commit }) => commit);
  const before = attempts.findLast(({ number, commit }) => commit && now && number < now.number);
  if (!now?.commit || !before?.commit || !now.change) return [];
  const lines = `[the lines](../compare/${before.commit.commit}...${now.commit.commit})`;
  const was = before.evidence ? ` (${before.evidence.verdict})` : "";
  return [
    `**Changed since attempt ${before.number}**${was}: ${shownPaths(now.change.files)}, ${lines}. ${askedWith(now)}`,
  ];
}

function shownPaths(files: { path: string }[]): string {
  const names = files.slice(0, mostNames).map(({ path }) => inlineCode(shortenPath(path)));
  const more = files.length - names.length;
  return [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
}

function askedWith({ askedBy, feedback }: Attempt): string {
  const words = feedback?.words.trim() ?? "";
  const notes = feedback?.notes.length ?? 0;
  const said = [
    ...(words
      ? [`“${escapeMarkdown(words.slice(0, longestWords))}${words.length > longestWords ? "…" : ""}”`]
      : []),
    ...(notes > 0 ? [`what ${notes === 1 ? "1 review comment says" : `${notes} review comments say`}`] : []),
  ];
  return `${inlineCode(askedBy)} asked for ${said.length > 0 ? said.join(" and ") : "it"}.`;
}
