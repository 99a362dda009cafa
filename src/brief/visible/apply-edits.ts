import { lineFinder } from "../../domain/text/line-starts.ts";

/** The channels by which text can be in an issue and yet not before its reader's eyes. */
export type HiddenKind =
  | "comment"
  | "declaration"
  | "definition"
  | "link-title"
  | "link-label"
  | "link-target"
  | "empty-link"
  | "image"
  | "footnote"
  | "table-cell"
  | "fence-info"
  | "attribute"
  | "tag"
  | "hidden-element"
  | "unclosed"
  | "invisible"
  | "collapsed"
  | "diagram"
  | "math"
  | "nested";

/** One piece of hidden text: where it was, and whether it was removed or is now shown. */
export type Hidden = { kind: HiddenKind; line: number; excerpt?: string; shown: boolean };

/** A span of the text to be replaced; without a kind it is of no interest to the author. */
export type Replacement = {
  start: number;
  end: number;
  put: string;
  kind?: HiddenKind;
  shown?: boolean;
  excerpt?: string;
};

const excerptLength = 80;

/** The text after the edits, its lines still numbered as before; what two of them claim is removed once. */
export function applyEdits(text: string, edits: Replacement[]): { text: string; hidden: Hidden[] } {
  const lineAt = lineFinder(text);
  const hidden: Hidden[] = [];
  const kept: string[] = [];
  let done = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.end < done || (edit.end === done && edit.start < done)) continue;
    if (edit.kind) hidden.push(nameHidden(edit, { text, line: lineAt(edit.start) }));
    const start = Math.max(done, edit.start);
    kept.push(text.slice(done, start), filling(text, { ...edit, start }));
    done = edit.end;
  }
  return { text: kept.join("") + text.slice(done), hidden };
}

function nameHidden(edit: Replacement, { text, line }: { text: string; line: number }): Hidden {
  const excerpt = (edit.excerpt ?? text.slice(edit.start, edit.end))
    .slice(0, excerptLength)
    .replace(/\s+/g, " ")
    .trim();
  return {
    kind: edit.kind ?? "comment",
    line,
    shown: edit.shown ?? false,
    ...(excerpt && { excerpt }),
  };
}

/** The lines of what is removed stay as empty lines; two words that were apart stay apart. */
function filling(text: string, { start, end, put }: Replacement): string {
  const removed = text.slice(start, end);
  const breaks = "\n".repeat(Math.max(0, removed.split("\n").length - put.split("\n").length));
  const between = /\S/.test(text[start - 1] ?? " ") && /\S/.test(text[end] ?? " ");
  return put === "" && breaks === "" && between && removed !== "" ? " " : put + breaks;
}
