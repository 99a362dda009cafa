import type { Evidence } from "../domain/evidence/evidence.ts";
import { failures } from "../domain/task/failure.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import { escapeMarkdown } from "../domain/text/escape-markdown.ts";
import { renderAttempts } from "./render-attempts.ts";
import { renderCriteria } from "./render-criteria.ts";
import { renderDetails, renderProof, renderRuns } from "./render-proof.ts";
import { renderProtection } from "./render-protection.ts";
import { renderReviewPath } from "./render-review-path.ts";
import { renderPatch } from "./render-trim.ts";

/** GitHub refuses bodies over 65,536 characters; the rest is left to what people add around ours (SPEC section 9). */
const maxBody = 60_000;

/**
 * How many characters of each quoted text are tried, the most first. Text that nobody can see is shown by its numbers
 * and so may grow tenfold; the last try quotes nothing and always fits.
 */
const quotes = [4_000, 1_000, 0];

/** What the body is rendered from, and nothing else: the ledger's task and its newest evidence. */
export type BodySource = { task: Task; evidence: Evidence | undefined };

/** Our part of the pull request's body, between its two markers. */
export function renderBody(proof: BodySource): string {
  const tries = quotes.map((quote) => renderQuoting(proof, quote));
  return tries.find((body) => body.length <= maxBody) ?? tries.at(-1) ?? "";
}

function renderQuoting({ task, evidence }: BodySource, quote: number): string {
  const parts = [
    marker(task.id, "body"),
    renderReviewPath(task),
    ...(evidence ? renderProof(evidence) : ["## Verdict: not measured"]),
    ...currentFailure(task),
    ...renderProtection(task),
    ...(evidence ? renderCriteria(task.brief?.brief.doneWhen ?? [], { checks: evidence.checks, quote }) : []),
    ...(evidence ? renderRuns(evidence, quote) : []),
    renderAttempts(task),
    ...renderPatch(task, quote),
    ...(evidence ? renderDetails(evidence, { branch: task.branch, quote }) : []),
    `Closes #${task.id.issueNumber}`,
    marker(task.id, "end"),
  ];
  return parts.join("\n\n");
}

function currentFailure(task: Task): string[] {
  const failure = currentAttempt(task)?.failure;
  if (!failure) return [];
  const { nextMove } = failures[failure.kind];
  return [`> The last attempt failed (${failure.kind}): ${escapeMarkdown(failure.cause)} ${nextMove}`];
}
