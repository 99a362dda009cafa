import { applyEdits, type Hidden } from "./apply-edits.ts";
import { dropInkless } from "./drop-inkless.ts";
import { findHiddenSpans } from "./find-hidden-spans.ts";
import { findTangle, type Tangle } from "./find-tangle.ts";
import { readMarkdown } from "./read-markdown.ts";

/** A text of which only remains what GitHub shows a reader, line for line, and what was hidden in it. */
export type Cleaned = { text: string; hidden: Hidden[]; tangle?: Tangle };

/**
 * What is hidden within the remains of what was hidden is looked for again, this often. Nothing in the text that
 * comes out was hidden on GitHub after the first pass; the others only spare later readers a surprise.
 */
const passes = 4;

/** Removes what a reader on GitHub does not see, in linear time; a text too entangled to be read comes back empty. */
export function cleanHiddenText(given: string): Cleaned {
  const text = given.replace(/\r\n?/g, "\n");
  const tangle = findTangle(text);
  if (tangle) return { text: "", hidden: [], tangle };
  const first = applyEdits(text, findHiddenSpans(readMarkdown(text), text));
  const inked = dropInkless(first.text);
  const cleaned = { text: inked.text, hidden: [...first.hidden, ...inked.hidden] };
  return inked.text === text ? cleaned : cleanAgain(cleaned, passes - 1);
}

function cleanAgain(cleaned: Cleaned, left: number): Cleaned {
  const { text, hidden } = cleaned;
  const tangle = findTangle(text);
  if (tangle) return { text: "", hidden, tangle };
  const edits = findHiddenSpans(readMarkdown(text), text).filter(
    (edit) => text.slice(edit.start, edit.end) !== edit.put,
  );
  if (edits.length === 0) return cleaned;
  if (left === 0) return unravel(cleaned);
  const next = applyEdits(text, edits);
  return cleanAgain({ text: next.text, hidden: merge(hidden, next.hidden) }, left - 1);
}

/** Hidden text nested this deep is made on purpose: without brackets nothing more can hide, and the author is told. */
function unravel({ text, hidden }: Cleaned): Cleaned {
  return {
    text: text.replace(/[<[]/g, "("),
    hidden: [...hidden, { kind: "nested", line: hidden[0]?.line ?? 1, shown: true }],
  };
}

function merge(known: Hidden[], found: Hidden[]): Hidden[] {
  const seen = new Set(known.map((one) => `${one.kind} ${one.line}`));
  return [...known, ...found.filter((one) => !seen.has(`${one.kind} ${one.line}`))];
}
