import { resolve } from "node:path";
import { survivors } from "../../domain/evidence/questions.ts";
import { type Attempt, currentAttempt, withheldReasons } from "../../domain/task/task.ts";
import { questionOf } from "../../publish/render-questions.ts";
import { stateSaying } from "../../views/tones.ts";
import { colours, say } from "../say.ts";
import { lastLines } from "./last-lines.ts";
import type { LocalResult } from "./work-on.ts";

/** Says what a local run came to, for people or as one line of JSON; exit code 0 if a person can go on from there. */
export function tellResult(outcome: LocalResult, { json = false }: { json?: boolean | undefined }): void {
  if (json) say(JSON.stringify(outcomeSummary(outcome)));
  else tellOutcome(outcome);
  process.exitCode = mayGoOn(outcome) ? 0 : 1;
}

function mayGoOn({ task }: LocalResult): boolean {
  const verdict = currentAttempt(task)?.evidence?.verdict;
  return verdict === "passed" || verdict === "needs-attention";
}

function outcomeSummary({ task, kept }: LocalResult): object {
  const attempt = currentAttempt(task);
  return {
    state: task.state,
    verdict: attempt?.evidence?.verdict ?? null,
    branch: attempt?.commit ? task.branch : null,
    commit: attempt?.commit?.commit ?? null,
    tree: attempt?.commit?.tree ?? null,
    evidenceSha256: attempt?.evidence?.sha256 ?? null,
    problems: task.problems,
    hold: task.hold ?? null,
    failure: task.failure ?? null,
    withheld: task.state === "ended: withheld" ? withheldReasons(task) : [],
    questions: survivors(attempt?.asking ?? { asked: [] }),
    files: kept,
  };
}

/** What no test noticed, and why not all was tried. */
function tellQuestions(asking: Attempt["asking"]): void {
  if (!asking) return;
  for (const { path, line, ...question } of survivors(asking))
    say(`  ${colours.cyan(`${path}:${line}`)} ${questionOf(question)}`);
  if (asking.ended?.why) say(`  ${asking.ended.why}`);
}

function tellOutcome({ task, kept }: LocalResult): void {
  const attempt = currentAttempt(task);
  say(`State: ${stateSaying(task, "clone").words}`);
  for (const { line, message, repair } of task.problems) say(`  line ${line}: ${message} ${repair}`);
  const unusable = task.hold?.kind === "configuration" ? task.hold.problems : [];
  for (const { file, line, message, repair } of unusable) say(`  ${file}:${line}: ${message} ${repair}`);
  if (task.hold?.kind === "repository") say(colours.red(`  the base cannot be fetched: ${task.hold.cause}`));
  if (task.failure) say(colours.red(`  ${task.failure.kind}: ${task.failure.cause}`));
  if (task.state === "ended: withheld") for (const why of withheldReasons(task)) say(colours.red(`  ${why}`));
  if (attempt?.commit) {
    say(`Branch: ${colours.cyan(task.branch)} at ${attempt.commit.commit}`);
    say(`Tree: ${attempt.commit.tree}, the one that was validated`);
  }
  tellQuestions(attempt?.asking);
  for (const file of kept) say(`  ${resolve(file)}`);
  for (const line of lastLines(task, kept)) say(line);
}
