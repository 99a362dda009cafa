import type { Heading, Root, RootContent } from "mdast";
import { lineOf, spanOf } from "../visible/read-markdown.ts";
import { type Field, type Meaning, meaningsOf } from "./fields.ts";
import { isNoResponse } from "./is-none.ts";

/** One part of the text: its heading, what the heading may mean, and what stands below it. */
export type Part = {
  title: string;
  /** 1 to 4; nothing before the first heading. */
  depth: number | undefined;
  line: number;
  nodes: RootContent[];
  source: string;
  meanings: Meaning[];
};

/** The text's parts in its order. */
export function splitSections(root: Root, text: string): Part[] {
  const parts: { heading?: Heading; nodes: RootContent[] }[] = [{ nodes: [] }];
  for (const node of root.children)
    if (node.type === "heading" && node.depth <= 4) parts.push({ heading: node, nodes: [] });
    else parts.at(-1)?.nodes.push(node);
  return parts
    .filter((part) => part.heading || part.nodes.length > 0)
    .map(({ heading, nodes }) => {
      const title = heading ? headingText(heading, text) : "";
      const first = heading ?? nodes[0];
      return {
        ...{ title, depth: heading?.depth, line: first ? lineOf(first) : 1, nodes },
        ...{ source: sourceOf(nodes, text), meanings: meaningsOf(title) },
      };
    });
}

function headingText(heading: Heading, text: string): string {
  const first = heading.children[0];
  const last = heading.children.at(-1);
  return first && last ? text.slice(spanOf(first).start, spanOf(last).end).trim() : "";
}

/** From the beginning of the first line, so that its indentation is kept, to the end of the last node. */
export function sourceOf(nodes: RootContent[], text: string): string {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) return "";
  const lineStart = text.lastIndexOf("\n", spanOf(first).start - 1) + 1;
  return text.slice(lineStart, spanOf(last).end).trimEnd();
}

/** Whether nothing was filled in: no text, GitHub's words for an empty answer, or an empty fence. */
export function isEmpty({ nodes, source }: Pick<Part, "nodes" | "source">): boolean {
  if (nodes.every((node) => node.type === "code" && node.value.trim() === "")) return true;
  return isNoResponse(source);
}

/** One field as it stands in the text, in one part or in several that add up. */
export type Section = { field: Field; line: number; nodes: RootContent[]; source: string; parts: Part[] };

/** A part of the text that is no field, and so reaches no agent. */
export type Aside = { heading: string; line: number; source: string };

/** A part that was read as a field of another name. */
export type ReadAs = { field: Field; heading: string; line: number };
