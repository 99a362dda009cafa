import type { Check, Finding } from "../domain/evidence/evidence.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** What a reviewer meets unfolded, and what there is of it at all; the evidence has every one. */
const most = { open: 8, rows: 60, characters: 300 };

type Row = { check: Check; finding: Finding };

const weights: Record<Check["status"], number> = { fail: 0, attention: 1, "not measured": 2, pass: 3 };

/** What the checks found, the worst first: the first few open, the rest folded. The criteria have a list of their own. */
export function renderFindings(checks: Check[]): string[] {
  const rows = checks
    .filter(({ name }) => name !== "criteria")
    .toSorted((a, b) => weights[a.status] - weights[b.status])
    .flatMap((check) => check.findings.map((finding) => ({ check, finding })));
  const open = rows.filter(({ check }) => weights[check.status] <= weights.attention).slice(0, most.open);
  const rest = rows.filter((row) => !open.includes(row)).slice(0, most.rows);
  const left = rows.length - open.length - rest.length;
  const more = left > 0 ? [`- and ${left} more in the evidence`] : [];
  return [
    ...(open.length > 0 ? ["### Findings", open.map(renderRow).join("\n")] : []),
    ...(rest.length > 0
      ? [
          `<details><summary>${open.length > 0 ? "More findings" : "Findings"}: ${rest.length + left}</summary>`,
          [...rest.map(renderRow), ...more].join("\n"),
          "</details>",
        ]
      : []),
  ];
}

function renderRow({ check, finding: { path, line, message } }: Row): string {
  const place = path === undefined ? "" : ` ${inlineCode(shortenPath(path) + (line ? `:${line}` : ""))}`;
  return `- **${check.name}**${place}: ${escapeMarkdown(message.slice(0, most.characters))}`;
}
