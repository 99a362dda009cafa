import { escapeMarkdown, inlineCode } from "./escape-markdown.ts";

/** Pieces of a sentence: ours as they stand, a name that is shown as code, and what somebody else wrote. */
export type Words = (string | { code: string } | { theirs: string })[];

/** The words for a comment or the body of a pull request. */
export function asMarkdown(words: Words): string {
  return words
    .map((piece) => {
      if (typeof piece === "string") return piece;
      return "code" in piece ? inlineCode(piece.code) : escapeMarkdown(piece.theirs);
    })
    .join("");
}
