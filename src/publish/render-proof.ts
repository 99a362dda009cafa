import { codeBlock, escapeCell, escapeMarkdown, inlineCode } from "../domain/escape-markdown.ts";
import type { Check, Evidence, Measurement, Verdict } from "../domain/evidence.ts";
import { renderFiles } from "./render-files.ts";

const icons: Record<Check["status"], string> = {
  pass: "✅",
  attention: "⚠️",
  fail: "❌",
  "not measured": "▫️",
};

const verdictIcons: Record<Verdict, string> = {
  passed: "✅",
  "needs-attention": "⚠️",
  failed: "❌",
  incomplete: "⏹️",
};

/** What was measured: the verdict, the checks, the validation before and after with at most `quote` characters of it. */
export function renderProof(evidence: Evidence, quote: number): string[] {
  const { validation, baseline, verdict, agent } = evidence;
  return [
    `## Verdict: ${verdict} ${verdictIcons[verdict]}`,
    ...cutShort(agent),
    ...(agent.sandbox === "none" ? ["⚠️ The agent ran **not sandboxed**."] : []),
    checkTable(evidence.checks),
    "### Validation",
    validation ? inlineCode(validation.command) : "Not measured.",
    [
      "| | exit | seconds | tree |",
      "| --- | --- | --- | --- |",
      measurementRow("before (base)", baseline),
      measurementRow("after (this change)", validation),
    ].join("\n"),
    ...(validation ? [logBlock(validation, quote)] : []),
  ];
}

/** What is there may be half of the work, which a green validation alone would not tell. */
function cutShort({ outcome, cause }: Evidence["agent"]): string[] {
  return outcome === "finished" ? [] : [`⏹️ The attempt was cut short: ${escapeMarkdown(cause)}`];
}

/** What folds away below: the files, the agent's own words as such, and how to do it again. */
export function renderDetails(
  { agent, base, validation, files, briefSha256 }: Evidence,
  { branch, quote }: { branch: string; quote: number },
): string[] {
  const commands = `git fetch origin ${branch}\ngit checkout FETCH_HEAD\n${validation?.command ?? ""}`;
  return [
    renderFiles(files),
    folded("What the agent says of its work (quoted, not measured)", [
      codeBlock(lastOf(agent.summary, quote), "text"),
    ]),
    folded("How to reproduce it", [
      codeBlock(commands, "sh"),
      `Base: ${inlineCode(base.ref)} at \`${base.commit}\`. Brief: \`${briefSha256.slice(0, 12)}\`.`,
    ]),
  ];
}

function checkTable(checks: Check[]): string {
  const measured = checks.filter((check) => check.status !== "not measured");
  const rest = checks.filter((check) => check.status === "not measured").map((check) => check.name);
  return [
    "| check | result | what was measured |",
    "| --- | --- | --- |",
    ...measured.map(
      ({ name, status, line }) => `| ${icons[status]} ${name} | ${status} | ${escapeCell(line)} |`,
    ),
    ...(rest.length > 0 ? [`| ▫️ ${rest.join(", ")} | not measured | |`] : []),
  ].join("\n");
}

function measurementRow(name: string, measurement: Measurement | null): string {
  if (!measurement) return `| ${name} | not measured | | |`;
  const { exit, tree } = measurement;
  const code = exit.endedBy === "itself" ? (exit.exitCode ?? exit.signal) : exit.endedBy;
  return `| ${name} | \`${code}\` | ${(exit.durationMs / 1000).toFixed(1)} | \`${tree}\` |`;
}

function logBlock({ exit, sandbox, log }: Measurement, quote: number): string {
  const { tail, bytes, sha256 } = exit.log;
  const shown = lastOf(tail, quote);
  const cut =
    shown === tail && tail.length >= bytes ? "" : ` (its end; all ${bytes} bytes are kept on the server)`;
  return folded(`Output of the validation${cut}`, [
    ...(sandbox === "none" ? ["⚠️ It was run **not sandboxed**."] : []),
    codeBlock(shown, "text"),
    `SHA-256 of the whole log: \`${sha256}\`, kept as ${inlineCode(log)}.`,
  ]);
}

function folded(summary: string, parts: string[]): string {
  return [`<details><summary>${summary}</summary>`, ...parts, "</details>"].join("\n\n");
}

function lastOf(text: string, characters: number): string {
  return characters === 0 ? "" : text.slice(-characters);
}
