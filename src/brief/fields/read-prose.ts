import type { Nodes, RootContent } from "mdast";
import { lineOf, spanOf } from "../visible/read-markdown.ts";

/** One sentence, or one of several that a comma joins, on one line; `line` is where its paragraph begins. */
export type Clause = { text: string; line: number };

/** More prose than this is not searched for fields, nor is a longer sentence. */
const most = { characters: 20_000, sentences: 500, length: 1_000 };

/** The sentences of some parts; quotes, code blocks and tables are none. */
export function sentencesOf(nodes: RootContent[], text: string): Clause[] {
  const blocks = nodes.flatMap(blocksOf);
  const sentences: Clause[] = [];
  let left = most.characters;
  for (const block of blocks) {
    const { start, end } = spanOf(block);
    left -= end - start;
    if (left < 0 || sentences.length > most.sentences) break;
    const words = text
      .slice(start, end)
      .replace(/\n[ \t>]*/g, " ")
      .replace(/^\[[ xX]\]\s+/, "")
      .split(/(`+[^`]*`+)/)
      .map((piece, index) => (index % 2 === 0 ? piece.replace(/\*\*|__/g, "") : piece))
      .join("");
    sentences.push(
      ...splitOutsideCode(words, /[.!?;]\s+(?=\S)|。/g)
        .filter((one) => one.length <= most.length)
        .map((one) => ({ text: one, line: lineOf(block) })),
    );
  }
  return sentences;
}

function blocksOf(node: Nodes): Nodes[] {
  if (node.type === "paragraph") return [node];
  if (node.type === "list" || node.type === "listItem") return node.children.flatMap(blocksOf);
  return [];
}

/** Signs that end a sentence and stay with it. */
const stop = /^[.!?;。]/;

/** The pieces of a text between separators, of which those in code are none. */
export function splitOutsideCode(text: string, separator: RegExp): string[] {
  const spans = codeSpansOf(text);
  const pieces: string[] = [];
  let from = 0;
  let span = 0;
  for (const { index, 0: found } of text.matchAll(separator)) {
    while ((spans[span]?.end ?? Number.POSITIVE_INFINITY) <= index) span++;
    if ((spans[span]?.start ?? Number.POSITIVE_INFINITY) < index) continue;
    pieces.push(text.slice(from, index + (stop.test(found) ? 1 : 0)).trim());
    from = index + found.length;
  }
  return [...pieces, text.slice(from).trim()].filter((piece) => piece !== "");
}

/** A piece of inline code, its marks included, and what stands in it. */
export type CodeSpan = { start: number; end: number; code: string };

/** What stands between equal runs of backticks, with its place. */
export function codeSpansOf(text: string): CodeSpan[] {
  const spans: CodeSpan[] = [];
  let opened: { length: number; start: number; end: number } | undefined;
  for (const run of text.matchAll(/`+/g)) {
    const end = run.index + run[0].length;
    if (!opened) opened = { length: run[0].length, start: run.index, end };
    else if (opened.length === run[0].length) {
      spans.push({ start: opened.start, end, code: text.slice(opened.end, run.index).trim() });
      opened = undefined;
    }
  }
  return spans;
}

/** A regular expression's alternatives of plain words, the longer before the shorter. */
export function anyOf(words: readonly string[]): string {
  return [...words]
    .toSorted((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, "\\$&").replace(/'/g, "['\u2019]"))
    .join("|");
}
