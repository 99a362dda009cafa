import type { Heading, Root, RootContent } from "mdast";
import type { Problem } from "../domain/brief.ts";
import { type Field, fieldOf } from "./fields.ts";
import { lineOf, spanOf } from "./read-markdown.ts";
import { renderProblem } from "./render-problem.ts";

/** One field as it stands in the text. */
export type Section = { field: Field; line: number; nodes: RootContent[]; source: string };

/** A part of the text that is no field, and so reaches no agent. */
export type Aside = { heading: string; line: number; source: string };

type Split = { sections: Map<Field, Section>; asides: Aside[]; problems: Problem[] };
type Part = { heading?: Heading; nodes: RootContent[] };

/** The text's parts by field; a field given twice is a problem, and its first part counts. */
export function splitSections(root: Root, text: string): Split {
  const split: Split = { sections: new Map(), asides: [], problems: [] };
  for (const part of partsOf(root)) place(part, { split, text });
  return split;
}

function place({ heading, nodes }: Part, { split, text }: { split: Split; text: string }): void {
  const title = heading ? titleOf(heading, text) : "";
  const field = fieldOf(title);
  const first = heading ?? nodes[0];
  const line = first ? lineOf(first) : 1;
  const before = field && split.sections.get(field);
  if (field === undefined) split.asides.push({ heading: title, line, source: sourceOf(nodes, text) });
  else if (before)
    split.problems.push(renderProblem("twice", { line, field, found: title, other: before.line }));
  else split.sections.set(field, { field, line, nodes, source: sourceOf(nodes, text) });
}

function partsOf(root: Root): Part[] {
  const parts: Part[] = [{ nodes: [] }];
  for (const node of root.children)
    if (node.type === "heading" && node.depth <= 4) parts.push({ heading: node, nodes: [] });
    else parts.at(-1)?.nodes.push(node);
  return parts.filter((part) => part.heading || part.nodes.length > 0);
}

function titleOf(heading: Heading, text: string): string {
  const first = heading.children[0];
  const last = heading.children.at(-1);
  return first && last ? text.slice(spanOf(first).start, spanOf(last).end).trim() : "";
}

/** From the beginning of the first line, so that its indentation is kept, to the end of the last node. */
function sourceOf(nodes: RootContent[], text: string): string {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (!first || !last) return "";
  const lineStart = text.lastIndexOf("\n", spanOf(first).start - 1) + 1;
  return text.slice(lineStart, spanOf(last).end).trimEnd();
}

/** Whether nothing was filled in: no text, GitHub's words for an empty answer, or an empty fence. */
export function isEmpty({ nodes, source }: Section): boolean {
  if (nodes.every((node) => node.type === "code" && node.value.trim() === "")) return true;
  return /^_no response_$/i.test(source.trim());
}
