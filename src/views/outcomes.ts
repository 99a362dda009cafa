import { repositoryName } from "../domain/task/repository-name.ts";
import type { TaskState } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { shownLine } from "./shown-text.ts";
import { costOfTask } from "./task-line.ts";

/** What came of one task; times in ISO 8601, money in dollars, null where it is not known. */
export type OutcomeRow = {
  key: string;
  repository: string;
  issue: number;
  kind: string;
  agent: string;
  state: TaskState;
  corrected: boolean;
  labelledAt: string;
  proposedAt: string | null;
  decidedAt: string | null;
  costUsd: number | null;
};

/** What came of many tasks. `msToPull` and `msToDecision` are medians in milliseconds; null where there are none. */
export type OutcomeSums = {
  tasks: number;
  merged: number;
  rejected: number;
  corrected: number;
  withheld: number;
  other: number;
  msToPull: number | null;
  msToDecision: number | null;
  costUsd: number | null;
  /** All that was reported to be spent, for each pull request that was merged. */
  costPerMerged: number | null;
};

/** By what outcomes are compared. */
export const outcomeParts = ["repository", "agent", "kind"] as const;
export type OutcomePart = (typeof outcomeParts)[number];

/** One row of the statistics. */
export function outcomeRow(task: Task): OutcomeRow {
  const { state, repository, attempts } = task;
  const last = attempts.findLast(({ agent }) => agent);
  return {
    key: taskKey(task.id),
    repository: shownLine(repositoryName(repository)),
    issue: task.id.issueNumber,
    kind: task.brief?.brief.kind ?? "no brief",
    agent: shownLine(last?.agent?.name ?? "none"),
    state,
    corrected: attempts.length > 1,
    labelledAt: task.askedAt ?? task.createdAt,
    proposedAt: attempts.find(({ reportedAt }) => reportedAt)?.reportedAt ?? null,
    decidedAt: state === "ended: merged" || state === "ended: rejected" ? task.updatedAt : null,
    costUsd: costOfTask(task),
  };
}

/** Adds up what came of tasks. */
export function sumOutcomes(rows: OutcomeRow[]): OutcomeSums {
  const countOf = (state: TaskState) => rows.filter((row) => row.state === state).length;
  const [merged, rejected, withheld] = [
    countOf("ended: merged"),
    countOf("ended: rejected"),
    countOf("ended: withheld"),
  ];
  const costs = rows.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]));
  const costUsd = costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
  return {
    ...{ tasks: rows.length, merged, rejected, withheld },
    corrected: rows.filter(({ corrected }) => corrected).length,
    other: rows.length - merged - rejected - withheld,
    msToPull: median(rows.flatMap(({ labelledAt, proposedAt }) => between(labelledAt, proposedAt))),
    msToDecision: median(rows.flatMap(({ proposedAt, decidedAt }) => between(proposedAt, decidedAt))),
    costUsd,
    costPerMerged: merged === 0 || costUsd === null ? null : costUsd / merged,
  };
}

/** The same for each repository, agent or kind of brief, the largest first. */
export function compareOutcomes(
  rows: OutcomeRow[],
  part: OutcomePart,
): { name: string; sums: OutcomeSums }[] {
  const names = [...new Set(rows.map((row) => row[part]))];
  return names
    .map((name) => ({ name, sums: sumOutcomes(rows.filter((row) => row[part] === name)) }))
    .sort((a, b) => b.sums.tasks - a.sums.tasks || a.name.localeCompare(b.name));
}

/** How many tasks were merged and rejected in each of the last weeks, the oldest first; a week begins on Monday. */
export function weeksOf(rows: OutcomeRow[], now: Date): { week: string; merged: number; rejected: number }[] {
  const weekMs = 7 * 24 * 3_600_000;
  // 1970-01-05 was a Monday.
  const monday = Math.floor((now.getTime() - 4 * 24 * 3_600_000) / weekMs) * weekMs + 4 * 24 * 3_600_000;
  return Array.from({ length: weeksShown }, (_, at) => {
    const begin = monday - (weeksShown - 1 - at) * weekMs;
    const within = rows.filter(({ decidedAt }) => {
      const time = decidedAt === null ? Number.NaN : Date.parse(decidedAt);
      return time >= begin && time < begin + weekMs;
    });
    const countOf = (state: TaskState) => within.filter((row) => row.state === state).length;
    const week = new Date(begin).toISOString().slice(0, 10);
    return { week, merged: countOf("ended: merged"), rejected: countOf("ended: rejected") };
  });
}

/** A quarter of a year. */
const weeksShown = 13;

/** The rows as comma-separated values, for a table of one's own. */
export function outcomesCsv(rows: OutcomeRow[]): string {
  const names = [
    ...(["key", "repository", "issue", "kind", "agent", "state", "corrected"] as const),
    ...(["labelledAt", "proposedAt", "decidedAt", "costUsd"] as const),
  ];
  const lines = rows.map((row) => names.map((name) => csvCell(row[name])).join(","));
  return [names.join(","), ...lines].map((line) => `${line}\r\n`).join("");
}

/** A cell that begins like a formula would be computed by a spreadsheet; a quote before it keeps it text. */
function csvCell(value: string | number | boolean | null): string {
  const text = value === null ? "" : String(value);
  const plain = typeof value === "string" && /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

function between(from: string | null, to: string | null): number[] {
  const ms = from === null || to === null ? Number.NaN : Date.parse(to) - Date.parse(from);
  return Number.isNaN(ms) || ms < 0 ? [] : [ms];
}

function median(values: number[]): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [lower, upper] = [sorted[middle - 1], sorted[middle]];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}
