import type { Check, Evidence } from "../domain/evidence/evidence.ts";
import { escapeCell, escapeMarkdown } from "../domain/text/escape-markdown.ts";
import { folded } from "./folded.ts";
import { renderFindingRow } from "./render-findings.ts";
import type { LinkGround } from "./render-place.ts";

/** More findings than these of checks that passed help nobody; the evidence has every one. */
const mostFindings = 60;

const icons: Record<Check["status"], string> = {
  pass: "✅",
  attention: "⚠️",
  fail: "❌",
  "not measured": "▫️",
};

const words: [Check["status"], string][] = [
  ["fail", "failed"],
  ["attention", "to look at"],
  ["pass", "passed"],
  ["not measured", "not measured"],
];

/** Every check that was measured as a row, the criteria aside; of the others the reason, where there is one that tells a reader something. */
export function renderChecks({ checks }: Evidence, ground: LinkGround): string {
  const rows = checks.filter(({ name }) => name !== "criteria");
  const measured = rows.filter(({ status }) => status !== "not measured");
  const unmeasured = rows.filter(({ status, line }) => status === "not measured" && line !== "");
  return folded(`Every check: ${countByStatus(rows)}`, [
    ...(measured.length > 0 ? [checksTable(measured)] : []),
    ...(unmeasured.length > 0 ? [unmeasured.map(unmeasuredLine).join("\n")] : []),
    ...quietFindings(checks, ground),
  ]);
}

function countByStatus(checks: Check[]): string {
  return words
    .map(([status, word]) => ({ word, count: checks.filter((check) => check.status === status).length }))
    .filter(({ count }) => count > 0)
    .map(({ word, count }) => `${count} ${word}`)
    .join(", ");
}

function checksTable(checks: Check[]): string {
  const rows = checks.map(({ name, status, line }) => `| ${icons[status]} ${name} | ${escapeCell(line)} |`);
  return ["| check | what was measured |", "| --- | --- |", ...rows].join("\n");
}

function unmeasuredLine({ name, line }: Check): string {
  return `- ${icons["not measured"]} ${name}: not measured. ${escapeMarkdown(line)}`;
}

/** What checks found that ask for nobody's eye. */
function quietFindings(checks: Check[], ground: LinkGround): string[] {
  const rows = checks
    .filter(({ name, status }) => name !== "criteria" && (status === "pass" || status === "not measured"))
    .flatMap((check) => check.findings.map((finding) => ({ check, finding })));
  const shown = rows.slice(0, mostFindings).map((row) => renderFindingRow(row, ground));
  const left = rows.length - shown.length;
  return rows.length > 0
    ? [[...shown, ...(left > 0 ? [`- and ${left} more in the evidence`] : [])].join("\n")]
    : [];
}
