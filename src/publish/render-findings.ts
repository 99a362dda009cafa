import type { Check, Finding } from "../domain/evidence/evidence.ts";
import { escapeMarkdown } from "../domain/text/escape-markdown.ts";
import { type LinkGround, renderPlace } from "./render-place.ts";

/** How much of a finding's message is shown, in characters; the evidence has all of it. */
const longest = 300;

/** A finding with the check that found it. */
export type FindingRow = { check: Check; finding: Finding };

/** The worst first. */
export const weights: Record<Check["status"], number> = { fail: 0, attention: 1, "not measured": 2, pass: 3 };

/** One finding as an item of a list: where, and what. */
export function renderFindingRow({ check, finding }: FindingRow, ground: LinkGround): string {
  const { path, line, message } = finding;
  const place = path === undefined ? "" : `${renderPlace({ path, line }, ground)} `;
  return `- ${place}**${check.name}**: ${escapeMarkdown(message.slice(0, longest))}`;
}
