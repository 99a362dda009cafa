import { findLookalikes } from "./find-lookalikes.ts";

/** Characters that end a line, move the cursor or ring, on any terminal and in any list of files. */
const control = /[\p{Cc}\u2028\u2029]/u;

/** What reads as a blank, a dot, a dash or the sign between folders, and is none. */
const sign =
  /[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\u2024\u00b7\u2010\u2011\u2212\u2044\u2215\u29f8\uff0e\uff0f]/u;

/** What a name of a file hides or passes for: a sentence's end for each kind, with the code points; none if it says what it is. */
export function hiddenInName(path: string, unseen: (text: string) => string[]): string[] {
  const all = [...path];
  const controls = all.filter((char) => control.test(char));
  const breaks = controls.some((char) => /[\n\r\u0085\u2028\u2029]/.test(char));
  const signs = all.filter((char) => sign.test(char));
  const alike = path.split("/").flatMap(findLookalikes);
  return [
    ...listPoints(
      breaks
        ? "a line break or control character in the file's name"
        : "a control character in the file's name",
      controls,
    ),
    ...listPoints("hidden in the file's name", unseen(path)),
    ...listPoints("a sign in the file's name that passes for another", signs),
    ...alike
      .slice(0, 5)
      .map((word) => `the file's name reads as another: “${word.slice(0, 60)}” has ${foreignIn(word)}`),
  ];
}

function listPoints(what: string, chars: string[]): string[] {
  const points = [...new Set(chars.map(pointOf))].slice(0, 5);
  return points.length > 0 ? [`${what}: ${points.join(", ")}`] : [];
}

/** The letters of a word that are not Latin, by code point. */
export function foreignIn(word: string): string {
  const letters = [...word].filter((letter) => /[^\p{Script=Latin}\p{N}_$]/u.test(letter));
  return [...new Set(letters.map(pointOf))].slice(0, 5).join(", ");
}

/** A character by its code point, as Unicode writes it. */
export function pointOf(char: string): string {
  return `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
