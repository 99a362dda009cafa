import type { ListItem, Nodes, RootContent, Table, TableCell } from "mdast";
import { inlineCode } from "../../domain/text/escape-markdown.ts";
import { foldMarkers } from "../visible/edit-tag.ts";
import { lineOf, nodesOf, spanOf } from "../visible/read-markdown.ts";
import type { Section } from "./split-sections.ts";

/** One entry of a list as it stands in the text; `under` are the entries that it is nested in, outermost first. */
export type BriefItem = { source: string; line: number; under: string[]; hasChildren: boolean };

/** The entries of a section: list items, nested ones after their parents, or else its lines. */
export function readItems({ nodes }: Pick<Section, "nodes">, text: string): BriefItem[] {
  return nodes
    .flatMap((node, index) =>
      introduces(node, nodes[index + 1]) ? [] : briefItems(node, { text, under: [] }),
    )
    .filter(({ source }) => source !== "" && !isFoldMarker(source));
}

/** Our own words for a folded part are nobody's entry. */
export function isFoldMarker(text: string): boolean {
  return text === foldMarkers.open || text === foldMarkers.close;
}

/** "The following:" before a list says nothing itself. */
function introduces(node: RootContent, next: RootContent | undefined): boolean {
  return node.type === "paragraph" && next?.type === "list" && lastChar(node) === ":";
}

function lastChar(node: Nodes): string {
  const words = [...nodesOf(node)].flatMap((inner) => ("value" in inner ? [inner.value] : []));
  return words.at(-1)?.trimEnd().at(-1) ?? "";
}

type ItemPlace = { text: string; under: string[] };

function briefItems(node: Nodes, place: ItemPlace): BriefItem[] {
  switch (node.type) {
    case "list":
      return node.children.flatMap((item) => listItems(item, place));
    case "blockquote":
      return node.children.flatMap((child) => briefItems(child, place));
    case "code":
      return lineItems(node.value, {
        line: lineOf(node) + (isFencedCode(node, place.text) ? 1 : 0),
        under: place.under,
      });
    case "table":
      return tableItems(node, place);
    case "thematicBreak":
      return [];
    default:
      return lineItems(sliceOf(node, place.text), { line: lineOf(node), under: place.under });
  }
}

/** A table is refused, but its rows below the head are most likely what was meant; a number before them says nothing. */
function tableItems(table: Table, { text, under }: ItemPlace): BriefItem[] {
  return table.children.slice(1).map((row) => {
    const cells = row.children.map((cell) => cellOf(cell, text)).filter((words) => words !== "");
    const said = cells.length > 1 && /^(?:AC-?)?\d+[.)]?$/i.test(cells[0] ?? "") ? cells.slice(1) : cells;
    return { source: said.join(": "), line: lineOf(row), under, hasChildren: false };
  });
}

function cellOf(cell: TableCell, text: string): string {
  const first = cell.children[0];
  const last = cell.children.at(-1);
  return first && last ? text.slice(spanOf(first).start, spanOf(last).end).trim() : "";
}

function listItems(item: ListItem, place: ItemPlace): BriefItem[] {
  const nested = item.children.filter((child) => child.type === "list");
  const own = item.children.filter((child) => child.type !== "list");
  const source = own
    .map((child) => oneLineOf(child, place.text))
    .join(" ")
    .trim();
  const under = source === "" ? place.under : [...place.under, source];
  return [
    { source, line: lineOf(item), under: place.under, hasChildren: nested.length > 0 },
    ...nested.flatMap((list) => briefItems(list, { ...place, under })),
  ];
}

function oneLineOf(node: Nodes, text: string): string {
  if (node.type === "code") return inlineCode(node.value);
  return sliceOf(node, text)
    .replace(/\n[ \t>]*/g, " ")
    .replace(/^\[[ xX]\]\s+/, "")
    .trim();
}

function lineItems(source: string, { line, under }: { line: number; under: string[] }): BriefItem[] {
  return source.split("\n").flatMap((text, index) => {
    const found = text
      .replace(/^[\s>]*/, "")
      .replace(/^\[[ xX]\]\s+/, "")
      .trim();
    return found === "" ? [] : [{ source: found, line: line + index, under, hasChildren: false }];
  });
}

function sliceOf(node: Nodes, text: string): string {
  const { start, end } = spanOf(node);
  return text.slice(start, end);
}

function isFencedCode(node: Nodes, text: string): boolean {
  return /^(?:```|~~~)/.test(sliceOf(node, text));
}
