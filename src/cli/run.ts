import { rm } from "node:fs/promises";
import { resolve } from "node:path";
import { survivors } from "../domain/evidence/questions.ts";
import { type Attempt, currentAttempt, withheldReasons } from "../domain/task/task.ts";
import { questionOf } from "../publish/render-questions.ts";
import { narrate } from "./run/narrate.ts";
import { readGivenRun } from "./run/read-given-run.ts";
import type { LocalResult } from "./run/work-on.ts";
import { colours, say } from "./say.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** What `drafthorse run` may be told. */
export type RunOptions = { repo: string; out: string; agent?: string; json?: boolean };

/** Works on a brief in a local repository over the App's own recipes; exit code 0 if a person can go on from there. */
export async function run(brief: string, options: RunOptions): Promise<void> {
  const given = await readGivenRun(brief, options);
  // Most of what is loaded: a call that cannot be used is refused without it.
  const { workOn } = await import("./run/work-on.ts");
  const directory = await temporaryDirectory("run");
  try {
    const outcome = await workOn({
      ...options,
      given,
      directory,
      tell: (happening) => {
        const told = options.json ? undefined : narrate(happening);
        if (told) say(told);
      },
    });
    if (options.json) say(JSON.stringify(outcomeSummary(outcome)));
    else tellOutcome(outcome);
    process.exitCode = mayGoOn(outcome) ? 0 : 1;
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
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

function tellOutcome(outcome: LocalResult): void {
  const { task, kept } = outcome;
  const attempt = currentAttempt(task);
  say(`State: ${task.state}`);
  for (const { line, message, repair } of task.problems) say(`  line ${line}: ${message} ${repair}`);
  const unusable = task.hold?.kind === "configuration" ? task.hold.problems : [];
  for (const { file, line, message, repair } of unusable) say(`  ${file}:${line}: ${message} ${repair}`);
  if (task.hold?.kind === "repository") say(colours.red(`  the base cannot be fetched: ${task.hold.cause}`));
  if (task.failure) say(colours.red(`  ${task.failure.kind}: ${task.failure.cause}`));
  if (task.state === "ended: withheld") for (const why of withheldReasons(task)) say(colours.red(`  ${why}`));
  if (attempt?.evidence) say(`Verdict: ${colours.bold(attempt.evidence.verdict)}`);
  if (attempt?.commit) {
    say(`Branch: ${colours.cyan(task.branch)} at ${attempt.commit.commit}`);
    say(`Tree: ${attempt.commit.tree}, the one that was validated`);
  }
  tellQuestions(attempt?.asking);
  for (const file of kept) say(`  ${resolve(file)}`);
}
