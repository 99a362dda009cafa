import { inlineCode } from "../../domain/text/escape-markdown.ts";
import type { Hidden, HiddenKind } from "../visible/apply-edits.ts";

/** How many pieces are named one by one. */
const most = 8;

const names: Record<HiddenKind, string> = {
  comment: "an HTML comment",
  declaration: "an HTML declaration",
  definition: "a link definition",
  "link-title": "a link's title",
  "link-label": "a link's label",
  "link-target": "a link's address that could not be read as one",
  "empty-link": "a link without words",
  image: "an image (agents are given words only)",
  footnote: "a footnote that nothing refers to",
  "table-cell": "a table's cell beyond its columns",
  "fence-info": "words behind the fence of a block of code",
  attribute: "an HTML attribute",
  tag: "an HTML tag that GitHub drops (if it is meant as text, put it in backticks)",
  "hidden-element": "an HTML element that shows nothing",
  unclosed: "all that follows an HTML comment or tag that is never closed",
  invisible: "invisible characters",
  collapsed: "a part that is folded away on GitHub",
  diagram: "a block that GitHub draws instead of showing",
  math: "a formula that does not show all of its words",
  nested: "hidden text within hidden text",
};

/** What was hidden in the text, by line, and what became of it; nothing where nothing was. */
export function renderHidden(hidden: Hidden[]): string {
  const removed = hidden.filter((one) => !one.shown);
  const shown = hidden.filter((one) => one.shown);
  return [
    renderList("**Left out, because GitHub does not show it to a reader:**", removed),
    renderList("**Read as ordinary text, though GitHub does not show it at once:**", shown),
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function renderList(title: string, hidden: Hidden[]): string {
  if (hidden.length === 0) return "";
  const named = hidden.slice(0, most).map(renderHiddenText);
  const more = hidden.length > most ? [`- and ${hidden.length - most} more`] : [];
  return [title, "", ...named, ...more].join("\n");
}

function renderHiddenText({ kind, line, excerpt }: Hidden): string {
  const text = excerpt ? `: ${inlineCode(excerpt)}` : "";
  return `- line ${line}: ${names[kind]}${text}`;
}
