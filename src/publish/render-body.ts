import { codeBlock, escapeMarkdown, inlineCode } from "../domain/escape-markdown.ts";
import type { Check, Evidence, Measurement } from "../domain/evidence.ts";
import { failures } from "../domain/failure.ts";
import { type Attempt, currentAttempt, type Task } from "../domain/task.ts";
import { marker } from "../domain/task-id.ts";
import { renderFiles } from "./render-files.ts";
import { renderReviewPath } from "./render-review-path.ts";

/** GitHub refuses bodies over 65,536 characters; the rest is left to what people add around ours. */
export const maxBody = 60_000;

/** How many characters of a log's end are shown; all of it is kept as an artefact. */
const logTail = 4_000;

/** What the body is rendered from, and nothing else: the ledger's task and the evidence of its attempts. */
export type Proof = { task: Task; evidence: Evidence | undefined };

const icons: Record<Check["status"], string> = {
  pass: "✅",
  attention: "⚠️",
  fail: "❌",
  "not measured": "▫️",
};

/** Our part of the pull request's body, between its two markers (SPEC section 9). */
export function renderBody(proof: Proof): string {
  const { task, evidence } = proof;
  const parts = [
    marker(task.id, "body"),
    renderReviewPath(task),
    ...(evidence ? renderEvidence(evidence) : ["**Verdict: not measured.**"]),
    ...currentFailure(task),
    renderAttempts(task),
    ...(evidence ? renderDetails(evidence) : []),
    `Closes #${task.id.issueNumber}`,
    marker(task.id, "end"),
  ];
  return parts.join("\n\n");
}

function renderEvidence(evidence: Evidence): string[] {
  const { validation, baseline } = evidence;
  return [
    `## Verdict: ${evidence.verdict}`,
    checkTable(evidence.checks),
    "### Validation",
    validation ? inlineCode(validation.command) : "Not measured.",
    [
      "| | exit | seconds | tree |",
      "| --- | --- | --- | --- |",
      measurementRow("before (base)", baseline),
      measurementRow("after (this change)", validation),
    ].join("\n"),
    ...(validation ? [logBlock("Output of the validation", validation)] : []),
  ];
}

function checkTable(checks: Check[]): string {
  const measured = checks.filter((check) => check.status !== "not measured");
  const rest = checks.filter((check) => check.status === "not measured").map((check) => check.name);
  const rows = measured.map(
    (c) => `| ${icons[c.status]} ${c.name} | ${c.status} | ${escapeMarkdown(c.line)} |`,
  );
  return [
    "| check | result | what was measured |",
    "| --- | --- | --- |",
    ...rows,
    ...(rest.length > 0 ? [`| ▫️ ${rest.join(", ")} | not measured | |`] : []),
  ].join("\n");
}

function measurementRow(name: string, measurement: Measurement | null): string {
  if (!measurement) return `| ${name} | not measured | | |`;
  const { exit, tree } = measurement;
  const code = exit.exitCode ?? exit.signal ?? exit.endedBy;
  return `| ${name} | \`${code}\` | ${(exit.durationMs / 1000).toFixed(1)} | \`${tree}\` |`;
}

function logBlock(title: string, { exit, sandbox }: Measurement): string {
  const cut = exit.log.bytes > logTail ? `, the last ${logTail} characters of ${exit.log.bytes} bytes` : "";
  const place = sandbox === "none" ? " **not sandboxed**" : "";
  return [
    `<details><summary>${title}${cut}</summary>`,
    `${place ? `Run${place}. ` : ""}SHA-256 of the whole log: \`${exit.log.sha256}\``,
    codeBlock(exit.log.tail.slice(-logTail)),
    "</details>",
  ].join("\n\n");
}

function currentFailure(task: Task): string[] {
  const failure = currentAttempt(task)?.failure;
  if (!failure) return [];
  const move = failures[failure.kind].nextMove;
  return [`> The last attempt failed (${failure.kind}): ${escapeMarkdown(failure.cause)} ${move}`];
}

function renderAttempts(task: Task): string {
  return [
    "### Attempts",
    [
      "| attempt | asked by | agent | ended | verdict | cost | seconds | commit |",
      "| --- | --- | --- | --- | --- | --- | --- | --- |",
      ...task.attempts.map(attemptRow),
    ].join("\n"),
  ].join("\n\n");
}

function attemptRow(attempt: Attempt): string {
  const { agent, evidence, commit } = attempt;
  const name = agent ? inlineCode(`${agent.name}${agent.version ? ` ${agent.version}` : ""}`) : "";
  const cost = agent?.costUsd == null ? "not reported" : `$${agent.costUsd.toFixed(2)}`;
  const seconds = agent ? Math.round(agent.durationMs / 1000) : "";
  const made = commit ? `${commit.commit}${commit.verified ? "" : " (not verified)"}` : "none";
  const asked = inlineCode(attempt.askedBy);
  const ended = attempt.failure?.kind ?? agent?.outcome ?? "running";
  return `| ${attempt.number} | ${asked} | ${name} | ${ended} | ${evidence?.verdict ?? "none"} | ${cost} | ${seconds} | ${made} |`;
}

function renderDetails(evidence: Evidence): string[] {
  const { agent, base, validation } = evidence;
  const isolation = agent.sandbox === "none" ? "⚠️ The agent ran **not sandboxed**." : "";
  return [
    ...(isolation ? [isolation] : []),
    renderFiles(evidence.files),
    [
      "<details><summary>What the agent says of its work (quoted, not measured)</summary>",
      codeBlock(agent.summary || "Nothing."),
      "</details>",
    ].join("\n\n"),
    [
      "<details><summary>How to reproduce it</summary>",
      codeBlock(`git fetch origin && git checkout <this branch>\n${validation?.command ?? ""}`),
      `Base: \`${base.ref}\` at \`${base.commit}\`. Brief: \`${evidence.briefSha256.slice(0, 12)}\`.`,
      "</details>",
    ].join("\n\n"),
  ];
}
