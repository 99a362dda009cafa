import type { Code, Definition, FootnoteDefinition, Link, LinkReference, Nodes, Root, Table } from "mdast";
import type { Replacement } from "./apply-edits.ts";
import { findInText } from "./find-in-text.ts";
import { nodesOf, spanOf } from "./read-markdown.ts";
import { type Piece, scanHtml } from "./scan-html.ts";

type Context = {
  text: string;
  targets: Map<string, string>;
  notes: Map<string, number>;
};

/** All that the text holds and its rendered view does not show, each with what is to stand in its place. */
export function findHiddenSpans(root: Root, text: string): Replacement[] {
  const nodes = [...nodesOf(root)];
  const context = { text, targets: linkTargets(nodes), notes: numberNotes(root) };
  const pieces: Piece[] = nodes.filter((node) => node.type === "html").map(spanOf);
  return [...scanHtml(text, pieces), ...nodes.flatMap((node) => hiddenInNode(node, context))];
}

function hiddenInNode(node: Nodes, context: Context): Replacement[] {
  const span = spanOf(node);
  switch (node.type) {
    case "definition":
      return [{ ...span, put: "", kind: "definition" }];
    case "image":
    case "imageReference":
      return [{ ...span, put: "[image]", kind: "image" }];
    case "link":
      return editLink(node, context);
    case "linkReference":
      return editReference(node, context);
    case "footnoteDefinition":
      return editNote(node, context);
    case "footnoteReference":
      return [{ ...span, put: noteMark(context.notes.get(node.identifier)) }];
    case "code":
      return editFence(node, context);
    case "table":
      return editTable(node);
    case "text":
    case "html":
      return findInText(context.text, span);
    default:
      return [];
  }
}

function linkTargets(nodes: Nodes[]): Map<string, string> {
  const definitions = nodes.filter((node): node is Definition => node.type === "definition").toReversed();
  return new Map(definitions.map((node) => [node.identifier, node.url]));
}

/** Notes are numbered as GitHub does, by their first mention outside of notes; others are not shown. */
function numberNotes(root: Root): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const block of root.children)
    if (block.type !== "footnoteDefinition")
      for (const node of nodesOf(block))
        if (node.type === "footnoteReference" && !numbers.has(node.identifier))
          numbers.set(node.identifier, numbers.size + 1);
  return numbers;
}

function noteMark(number: number | undefined): string {
  return `(note ${number ?? "?"})`;
}

function editNote(node: FootnoteDefinition, { text, notes }: Context): Replacement[] {
  const { start, end } = spanOf(node);
  const number = notes.get(node.identifier);
  if (number === undefined) return [{ start, end, put: "", kind: "footnote" }];
  const labelEnd = text.indexOf("]:", start) + 2;
  return [{ start, end: labelEnd, put: noteMark(number) }];
}

/** An address is kept only where it is short enough to be read and holds no blanks: else it is a place to hide words. */
const plainTarget = /^[^\s<>()]{1,200}$/;

function editLink(node: Link, { text }: Context): Replacement[] {
  const { start, end } = spanOf(node);
  if (text[start] !== "[") return [];
  if (!showsSomething(node)) return [{ start, end, put: "", kind: "empty-link" }];
  const tail = { start: lastEnd(node), end };
  const plain = plainTarget.test(node.url);
  const put = plain ? `](${node.url})` : `](#)`;
  if (text.slice(tail.start, tail.end) === put) return [];
  if (plain && !node.title) return [{ ...tail, put }];
  if (plain) return [{ ...tail, put, kind: "link-title", excerpt: node.title ?? "" }];
  return [{ ...tail, put, kind: "link-target", excerpt: node.url }];
}

function editReference(node: LinkReference, { text, targets }: Context): Replacement[] {
  const { start, end } = spanOf(node);
  if (!showsSomething(node)) return [{ start, end, put: "", kind: "empty-link" }];
  const tail = { start: lastEnd(node), end };
  const target = targets.get(node.identifier) ?? "";
  const put = plainTarget.test(target) ? `](${target})` : "](#)";
  const label = text.slice(tail.start, tail.end);
  return [
    { ...tail, put, ...(node.referenceType === "full" && { kind: "link-label" as const, excerpt: label }) },
  ];
}

function showsSomething(node: Link | LinkReference): boolean {
  return node.children.some(
    (child) => !("value" in child && child.type === "text") || child.value.trim() !== "",
  );
}

function lastEnd(node: Link | LinkReference): number {
  const last = node.children.at(-1);
  return last ? spanOf(last).end : spanOf(node).start + 1;
}

const drawn = /^(?:mermaid|geojson|topojson|stl|math)$/i;
const plainLanguage = /^[\w+#.-]{1,20}$/;

/** Of a fence's first line nothing is shown; its language is kept if it can be one. */
function editFence(node: Code, { text }: Context): Replacement[] {
  const { start, end } = spanOf(node);
  const info = /^(?<fence>`{3,}|~{3,})(?<info>[^\n]*)/.exec(text.slice(start, end))?.groups;
  if (!info?.fence || !node.lang) return [];
  const infoStart = start + info.fence.length;
  const span = { start: infoStart, end: infoStart + (info.info?.length ?? 0) };
  const language = plainLanguage.test(node.lang) ? node.lang : "";
  if (node.meta || language === "") return [{ ...span, put: language, kind: "fence-info" }];
  return drawn.test(language) ? [{ ...span, put: language, kind: "diagram", shown: true }] : [];
}

/** Cells beyond the head's are dropped by GitHub. */
function editTable(node: Table): Replacement[] {
  const width = node.children[0]?.children.length ?? 0;
  return node.children.flatMap((row) => {
    const beyond = row.children[width];
    return beyond
      ? [{ start: spanOf(beyond).start, end: spanOf(row).end, put: "|", kind: "table-cell" as const }]
      : [];
  });
}
