import type { ListedNode } from "../weakened-tests/read-chain.ts";

/** A stretch of a text, by offsets, and what stands there instead. */
export type Edit = { from: number; to: number; text: string };

/** How an assertion is made one that must fail; a string says why nobody knows how. */
export type Break = Edit[] | string;

/** What no value of a program is by chance. */
export const mark = "drafthorse";

/** A text with some stretches replaced; where one begins inside another, the later one is left out. */
export function withEdits(text: string, edits: Edit[]): string {
  const parts: string[] = [];
  let at = 0;
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    if (edit.from < at) continue;
    parts.push(text.slice(at, edit.from), edit.text);
    at = edit.to;
  }
  return parts.join("") + text.slice(at);
}

/** Puts something around a stretch. */
export function around(
  { from, to }: Pick<ListedNode, "from" | "to">,
  [before, after]: [string, string],
): Edit[] {
  return [
    { from, to: from, text: before },
    { from: to, to, text: after },
  ];
}

/** Puts something in the place of a stretch. */
export function instead({ from, to }: Pick<ListedNode, "from" | "to">, text: string): Edit[] {
  return [{ from, to, text }];
}

/** Puts something at a place. */
export function inserted(at: number, text: string): Edit[] {
  return [{ from: at, to: at, text }];
}
