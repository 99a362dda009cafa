import { escapeMarkdown } from "../../domain/text/escape-markdown.ts";
import type { Aside } from "../fields/split-sections.ts";

/** The parts of the text that are no field, and so reach no agent; nothing where there are none. */
export function renderAsides(asides: Aside[]): string {
  const named = asides.filter(({ heading }) => heading !== "").slice(0, 8);
  const opening = asides.some(({ heading }) => heading === "") ? ["the text before the first heading"] : [];
  const parts = [
    ...opening,
    ...named.map(({ heading, line }) => `“${escapeMarkdown(heading.slice(0, 80))}” (line ${line})`),
  ];
  if (parts.length === 0) return "";
  return `**Not part of the brief**, and not handed to the agent: ${parts.join(", ")}.`;
}
