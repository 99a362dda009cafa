import type { Nodes, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFootnoteFromMarkdown } from "mdast-util-gfm-footnote";
import { gfmTableFromMarkdown } from "mdast-util-gfm-table";
import { gfmFootnote } from "micromark-extension-gfm-footnote";
import { gfmTable } from "micromark-extension-gfm-table";

/**
 * Emphasis and underlined headings are left as text: a brief is read by its source, and in this parser both cost
 * quadratic time (16 KiB of `*a_`: 1.5 s; of `a\n=\n`: 2.3 s).
 */
const withoutCostly = { disable: { null: ["attention", "setextUnderline"] } };

/** The syntax tree of a text that `findTangle` has let pass. */
export function readMarkdown(text: string): Root {
  return fromMarkdown(text, {
    extensions: [gfmFootnote(), gfmTable(), withoutCostly],
    mdastExtensions: [gfmFootnoteFromMarkdown(), gfmTableFromMarkdown()],
  });
}

/** Every node in the order of the text, without recursion. */
export function* nodesOf(root: Nodes): Generator<Nodes> {
  const waiting: Nodes[] = [root];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    yield node;
    if ("children" in node) for (const child of node.children.toReversed()) waiting.push(child);
  }
}

/** Where a node lies in the text. */
export function spanOf(node: Nodes): { start: number; end: number } {
  return { start: node.position?.start.offset ?? 0, end: node.position?.end.offset ?? 0 };
}

/** The 1-based line on which a node begins. */
export function lineOf(node: Nodes): number {
  return node.position?.start.line ?? 1;
}
