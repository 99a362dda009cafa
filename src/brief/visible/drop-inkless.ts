import { inkless, isPartOfEmoji } from "../../domain/text/escape-markdown.ts";
import type { Hidden } from "./apply-edits.ts";

const everyInkless = new RegExp(inkless.source, "gu");

/** The text without code points that leave no ink, emoji left whole, and a note for each line that had any. */
export function dropInkless(text: string): { text: string; hidden: Hidden[] } {
  const found = text.split("\n").map(dropInLine);
  return {
    text: found.map((line) => line.text).join("\n"),
    hidden: found.flatMap(({ dropped }, index) =>
      dropped.length === 0
        ? []
        : [{ kind: "invisible" as const, line: index + 1, shown: false, excerpt: nameCodePoints(dropped) }],
    ),
  };
}

function dropInLine(line: string): { text: string; dropped: string[] } {
  const dropped: string[] = [];
  const text = line.replace(everyInkless, (char, at: number) => {
    if (isPartOfEmoji(line, at)) return char;
    dropped.push(char);
    return "";
  });
  // Other blanks are shown as blanks, so they are read as blanks: a no-break space is no part of a command's name.
  return { text: text.replace(/[\p{Zs}\p{Zl}\p{Zp}]/gu, " "), dropped };
}

function nameCodePoints(dropped: string[]): string {
  const names = dropped.map(
    (char) => `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`,
  );
  const kinds = [...new Set(names)];
  const more =
    kinds.length > 3 ? `, … (${dropped.length})` : dropped.length > 1 ? ` (${dropped.length})` : "";
  return kinds.slice(0, 3).join(", ") + more;
}
