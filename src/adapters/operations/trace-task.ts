import { createHash } from "node:crypto";
import type { HistoryLine } from "../../domain/task/task.ts";
import { type TaskId, taskKey } from "../../domain/task/task-id.ts";

/** A stretch of time of a trace; `id` and `parent` in hexadecimal, times in ISO 8601. */
export type TaskSpan = {
  id: string;
  parent: string | undefined;
  name: string;
  from: string;
  to: string;
  attributes: Record<string, string | number>;
};

/** One trace, from the delivery that asked to what came of it. */
export type TaskTrace = { id: string; spans: TaskSpan[] };

/**
 * The trace of one attempt, made of the durable history: each line ends a span that began with the line before. Its ids follow
 * from the task, so that whichever process writes it, it is one trace, and the same one if it is written twice.
 */
export function traceTask(
  task: TaskId,
  attempt: number,
  history: readonly HistoryLine[],
): TaskTrace | undefined {
  const lines = linesOf(attempt, history);
  const [first, ...others] = lines;
  const last = lines.at(-1);
  if (!first || !last) return undefined;
  const key = `${taskKey(task)}-attempt-${attempt}`;
  const root = hexOf(key, 16);
  const attributes = { "drafthorse.task": taskKey(task), "drafthorse.attempt": attempt };
  const steps = others.map(({ what, at }, index): TaskSpan => {
    const from = lines[index]?.at ?? at;
    return { id: hexOf(`${key} ${index} ${what}`, 16), parent: root, name: what, from, to: at, attributes };
  });
  const name = attempt === 1 ? "task" : "correction";
  return {
    id: hexOf(`trace of ${key}`, 32),
    spans: [{ id: root, parent: undefined, name, from: first.at, to: last.at, attributes }, ...steps],
  };
}

/** From what asked for the attempt to its last line; lines without an attempt stand before the first or between two. */
function linesOf(attempt: number, history: readonly HistoryLine[]): HistoryLine[] {
  const of = ({ details }: HistoryLine): number | undefined =>
    typeof details.attempt === "number" ? details.attempt : undefined;
  const begin = history.findLastIndex((line) => (of(line) ?? attempt) < attempt) + 1;
  const end = history.findLastIndex((line) => of(line) === attempt);
  return history.slice(begin, end + 1);
}

function hexOf(text: string, digits: number): string {
  return createHash("sha256").update(text).digest("hex").slice(0, digits);
}
