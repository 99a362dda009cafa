import { capital } from "../domain/text/capital.ts";
import { showInkless } from "../domain/text/escape-markdown.ts";
import { withStop } from "../domain/text/full-stop.ts";
import type { Words } from "../domain/text/words.ts";
import { shownLine } from "./shown-text.ts";

/** Words as one sentence of plain text, in which a name stands between backticks. */
export function asLine(words: Words): string {
  return capital(asEnd(words));
}

/** Words as the rest of such a sentence. */
export function asEnd(words: Words): string {
  return withStop(asPlain(words));
}

/** Words as a part of a line of plain text. */
export function asPlain(words: Words): string {
  return words
    .map((piece) => {
      if (typeof piece === "string") return showInkless(piece.replace(/\s+/g, " "));
      return "code" in piece ? `\`${shownLine(piece.code).replaceAll("`", "'")}\`` : shownLine(piece.theirs);
    })
    .join("");
}
