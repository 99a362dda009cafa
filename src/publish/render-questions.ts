import type { Check } from "../domain/evidence/evidence.ts";
import { type Asking, type MutantKind, type Question, survivors } from "../domain/evidence/questions.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";
import { shortenPath } from "./render-files.ts";

/** More questions than these nobody answers. */
const most = 10;

const asks: Record<MutantKind, string> = {
  boundary: "is the boundary held?",
  comparison: "does a test tell the two apart?",
  boolean: "does a test hold this both ways?",
  arithmetic: "does a test hold what is computed?",
  return: "does a test look at what is returned?",
  statement: "does a test look at what it does?",
};

/** One changed line that can be broken without a test noticing, as a question in plain text. */
export function questionOf({ kind, before, after }: Pick<Question, "kind" | "before" | "after">): string {
  const broken =
    kind === "statement" ? `Without ${inCode(before)}` : `With ${inCode(after)} for ${inCode(before)}`;
  return `${broken} all tests pass: ${asks[kind]}`;
}

function inCode(text: string): string {
  return inlineCode(text);
}

/** The row `mutants` as it is now: the evidence was written before any of it was measured. */
export function withQuestions(checks: Check[], task: Task): Check[] {
  const line = questionsLine(task);
  return line === undefined
    ? checks
    : checks.map((check) => (check.name === "mutants" ? { ...check, ...line } : check));
}

type Live = Pick<Check, "status" | "line">;

function questionsLine(task: Task): Live | undefined {
  const proved = task.attempts.findLast((attempt) => attempt.commit);
  const planned = proved?.evidence?.mutants;
  if (!planned) return undefined;
  const asking = proved.asking;
  if (asking?.ended) return toldOf(asking);
  if (proved !== currentAttempt(task))
    return { status: "not measured", line: "A correction was asked for before it was measured." };
  if (task.state === "ended: rejected" || task.state === "ended: merged")
    return { status: "not measured", line: "The pull request was closed before it was measured." };
  return { status: "not measured", line: stillMeasuring(planned) };
}

function stillMeasuring(planned: number): string {
  return `Still measuring: ${planned === 1 ? "one changed line is broken" : `${planned} changed lines are broken one by one`}. What no test notices arrives here by editing.`;
}

function toldOf({ planned, asked, ended }: Asking): Live {
  const told = asked.filter(({ noticed }) => noticed !== null).length;
  const left = planned - told;
  const why = left > 0 ? ` ${left} of ${planned} were not tried. ${ended?.why ?? ""}`.trimEnd() : "";
  if (told === 0) return { status: "not measured", line: `Nothing was tried.${why}` };
  const count = survivors({ asked }).length;
  const line =
    count === 0
      ? "tests noticed every changed line that was broken."
      : `${count === 1 ? "one question" : `${count} questions`} below.`;
  return { status: "pass", line: `${line}${why}` };
}

/** What the reviewer is asked, below the findings: the verdict does not know of it. */
export function renderQuestions(task: Task): string[] {
  const { asking } = task.attempts.findLast((attempt) => attempt.commit) ?? {};
  const found = asking?.ended ? survivors(asking) : [];
  if (found.length === 0) return [];
  const rows = found
    .slice(0, most)
    .map(
      ({ path, line, ...question }) =>
        `- ${inlineCode(`${shortenPath(path)}:${line}`)} ${questionOf(question)}`,
    );
  const more = found.length > most ? [`- and ${found.length - most} more`] : [];
  return [
    "### Questions to the reviewer",
    "Each of these changed lines was broken, one at a time, and no test noticed. Some need no test; `/retry` hands them to the agent.",
    [...rows, ...more].join("\n"),
  ];
}
