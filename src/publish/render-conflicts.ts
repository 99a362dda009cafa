import type { Attempt } from "../domain/task/task.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** More names than these are told by their number: GitHub's own page has them all. */
const mostNames = 8;

type ShownMerge = Attempt["merge"];

/** The files at which a change contradicts its base branch as that was before anybody saw the pull request. */
export function renderConflicts(base: string, merge: ShownMerge): string[] {
  if (!merge || merge.conflicts.length === 0) return [];
  const names = merge.conflicts.slice(0, mostNames).map((path) => inlineCode(shortenPath(path)));
  const more = merge.conflicts.length - names.length;
  const all = [...names, ...(more > 0 ? [`${more} more`] : [])].join(", ");
  return [
    `- ${inlineCode(base)} moved to ${merge.head} while the agent worked, and **conflicts** with this in ${all}.`,
  ];
}

/** That the base branch moved, and nothing of it contradicts the change; nothing where it did not move. */
export function renderMoved({ commit, merge }: { commit: string; merge: ShownMerge }): string {
  if (!merge || merge.head === commit || merge.conflicts.length > 0) return "";
  return ` It has moved to ${merge.head} since, with which this merges without a conflict.`;
}
