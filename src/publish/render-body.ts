import type { ObjectId } from "../domain/evidence/change.ts";
import type { Evidence } from "../domain/evidence/evidence.ts";
import { newestProof, pushedHead } from "../domain/task/newest-proof.ts";
import type { Attempt, PublishedCommit, Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import { verdictSayings } from "../views/tones.ts";
import { renderAttempts } from "./render-attempts.ts";
import { renderChecks } from "./render-checks.ts";
import { renderConcerns } from "./render-concerns.ts";
import { renderCorrection } from "./render-correction.ts";
import { renderCriteria } from "./render-criteria.ts";
import { renderRivals } from "./render-duplicates.ts";
import { renderNext } from "./render-next.ts";
import type { LinkGround } from "./render-place.ts";
import { renderDetails, renderRuns } from "./render-proof.ts";
import { renderProtection } from "./render-protection.ts";
import { renderRemeasured } from "./render-pushed.ts";
import { renderQuestions, withQuestions } from "./render-questions.ts";
import { type Pushed, renderStale } from "./render-stale.ts";
import { renderSummary } from "./render-summary.ts";
import { renderPatch } from "./render-trim.ts";

/** GitHub refuses bodies over 65,536 characters; the rest is left to what people add around ours (SPEC section 9). */
const maxBody = 60_000;

/**
 * How many characters of each quoted text are tried, the most first. Text that nobody can see is shown by its numbers
 * and so may grow tenfold; the last try quotes nothing and always fits.
 */
const quotes = [4_000, 1_000, 0];

/**
 * What the body is rendered from, and nothing else: the ledger's task, its newest evidence, and where the branch is now, if
 * somebody looked.
 */
export type BodySource = { task: Task; evidence: Evidence | undefined; head?: ObjectId };

/**
 * Our part of the pull request's body, between its two markers. The first screen says what was proved, what needs a human's
 * eye, and who must do what next, in this order; all else is folded.
 */
export function renderBody(proof: BodySource): string {
  const tries = quotes.map((quote) => renderQuoting(proof, quote));
  return tries.find((body) => body.length <= maxBody) ?? tries.at(-1) ?? "";
}

function renderQuoting({ task, evidence: written, head }: BodySource, quote: number): string {
  const evidence = written && { ...written, checks: withQuestions(written.checks, task) };
  const published = newestProof(task)?.commit;
  const pushed = published && head && head !== published ? { from: published, to: head } : undefined;
  const parts = [
    marker(task.id, "body"),
    ...(evidence ? renderProved(task, { evidence, pushed, quote }) : ["## Verdict: not measured"]),
    ...renderQuestions(task),
    ...renderNext(task, { verdict: evidence?.verdict, isStale: pushed !== undefined }),
    ...renderRivals(task),
    ...renderProtection(task),
    ...(evidence ? renderDepth(task, { evidence, quote }) : [renderAttempts(task)]),
    `Closes #${task.id.issueNumber}`,
    marker(task.id, "end"),
  ];
  return parts.join("\n\n");
}

type Quoted = { evidence: Evidence; quote: number };

function renderProved(task: Task, { evidence, pushed, quote }: Quoted & { pushed: Pushed }): string[] {
  const { words, sign } = verdictSayings[evidence.verdict];
  const criteria = task.brief?.brief.doneWhen ?? [];
  const verified = publishedBy(task)?.verified ?? true;
  return [
    `## Verdict: ${words} ${sign}${pushed ? " for an older commit" : ""}`,
    ...(pushed ? renderStale(pushed, pushedHead(task)) : renderRemeasured(pushedHead(task))),
    renderSummary(evidence, pushed !== undefined),
    ...renderCorrection(task.attempts),
    ...renderConcerns(evidence, {
      criteria,
      ground: groundOf(task, evidence),
      verified,
      quote,
      merge: shownAttempt(task)?.merge,
    }),
  ];
}

/** What a reviewer opens who wants to know more. */
function renderDepth(task: Task, { evidence, quote }: Quoted): string[] {
  const criteria = task.brief?.brief.doneWhen ?? [];
  const ground = groundOf(task, evidence);
  return [
    ...renderCriteria(criteria, { checks: evidence.checks, ground, quote }),
    renderChecks(evidence, ground),
    ...renderRuns(evidence, quote),
    renderAttempts(task),
    ...renderPatch(task, quote),
    ...renderDetails(evidence, { branch: task.branch, quote, merge: shownAttempt(task)?.merge }),
  ];
}

function groundOf(task: Task, { files }: Evidence): LinkGround {
  return { files, commit: newestProof(task)?.commit };
}

/** The commit that the newest attempt published. */
function publishedBy(task: Task): PublishedCommit | undefined {
  return shownAttempt(task)?.commit;
}

/** The attempt that a body is about: the newest that was published. */
function shownAttempt({ attempts }: Task): Attempt | undefined {
  return attempts.findLast(({ commit }) => commit);
}
