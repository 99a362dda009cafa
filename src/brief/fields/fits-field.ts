import { keyOf } from "./boundary-keys.ts";
import { readItems } from "./read-items.ts";
import { normaliseGlob, splitEntries } from "./read-paths.ts";
import type { Part } from "./split-sections.ts";

/** Whether every entry of a part is a line of the approval boundary. */
export function isBoundaryText(part: Part, text: string): boolean {
  const items = readItems(part, text);
  return items.length > 0 && items.every(({ source }) => keyOf(source) !== undefined);
}

/** Whether a part holds nothing but paths and globs. */
export function isPathText(part: Part, text: string): boolean {
  const items = readItems(part, text);
  return (
    items.length > 0 &&
    items.every(({ source }) => {
      const beside = source.replace(/`[^`]*`/g, "").replace(/[\s,;]|\band\b/gi, "");
      const entries = splitEntries(source);
      const coded = entries.some((one) => one.coded);
      return (
        entries.length > 0 && (!coded || beside === "") && entries.every((one) => isPath(one.text, coded))
      );
    })
  );
}

/** Whether a text is a path rather than a word: it has a slash, a star, or an ending. */
export function isPath(text: string, coded: boolean): boolean {
  if (normaliseGlob({ text, coded }) === undefined || /\s/.test(text)) return false;
  return (
    /^(?!--?\w)[^()=;'"<>]*$/.test(text) &&
    (/[/*]/.test(text) || /^[\w.-]*\.[a-z]\w{0,9}$/i.test(text)) &&
    !text.startsWith("/")
  );
}
