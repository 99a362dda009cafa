import type { Check, Finding } from "../domain/evidence/evidence.ts";
import type { Criterion } from "../domain/task/brief.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** A brief with more criteria than these is several briefs; the evidence has them all. */
const most = 12;

/** How many characters of a criterion, and of what is said of it, are shown; with less room for quotes, fewer. */
const longest = { text: 200, message: 300, least: 80 };

/** Each criterion of the brief in its own words, with what was found of the evidence for it. None is ever ticked. */
export function renderCriteria(
  criteria: Criterion[],
  { checks, quote }: { checks: Check[]; quote: number },
): string[] {
  const findings = checks.find(({ name }) => name === "criteria")?.findings ?? [];
  if (findings.length === 0) return [];
  const rows = criteria
    .slice(0, most)
    .map((criterion) => renderRow(criterion, { finding: findingOf(criterion, findings), quote }));
  const more = criteria.length > most ? [`- and ${criteria.length - most} more in the evidence`] : [];
  return [
    "### Done when",
    [...rows, ...more].join("\n"),
    "Whether what exists shows what was asked is for the reviewer.",
  ];
}

function findingOf({ id }: Criterion, findings: Finding[]): Finding | undefined {
  return findings.find(({ message }) => message.startsWith(`${id}: `));
}

function renderRow(
  { id, text }: Criterion,
  { finding, quote }: { finding: Finding | undefined; quote: number },
): string {
  const words = escapeMarkdown(text.slice(0, Math.min(longest.text, quote)));
  const said = finding?.message.slice(
    id.length + 2,
    Math.max(longest.least, Math.min(longest.message, quote)),
  );
  const place = finding?.path === undefined ? "" : ` (${inlineCode(shortenPath(finding.path))})`;
  return `- **${id}** ${words ? `“${words}”: ` : ""}${escapeMarkdown(said ?? "not evidenced")}${place}`;
}
