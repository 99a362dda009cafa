import { boundaryKeys } from "./phrase-words.ts";

/** What a line of the approval boundary is about. */
export type Key = keyof typeof boundaryKeys;

const names = Object.keys(boundaryKeys) as Key[];
const byWord = new Map<string, Key>(
  names.flatMap((key) => boundaryKeys[key].map((word): [string, Key] => [word, key])),
);

/** All keys as alternatives of a regular expression, the longer before the shorter. */
export const keyPattern = [...byWord.keys()].toSorted((a, b) => b.length - a.length).join("|");

const line = new RegExp(
  `^[*_\`\\s]*(?<key>${keyPattern})[*_\`\\s]*[:\\uff1a](?:[*_]{1,2}(?=\\s))?\\s*(?<rest>.*)$`,
  "is",
);

/** The key of a line and what stands behind it; nothing where the line has none. */
export function keyOf(source: string): { key: Key; rest: string } | undefined {
  const { key = "", rest = "" } = line.exec(source)?.groups ?? {};
  const known = byWord.get(key.toLowerCase());
  return known && { key: known, rest };
}

/** The key that a word is. */
export function keyNamed(word: string): Key | undefined {
  return byWord.get(word.toLowerCase());
}
