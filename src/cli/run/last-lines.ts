import { resolve } from "node:path";
import { currentAttempt, type Task } from "../../domain/task/task.ts";
import { nextMove } from "../../views/next-move.ts";
import { nextLine } from "../../views/task-line.ts";
import { stateSaying, verdictSayings } from "../../views/tones.ts";

/** The lines that a person wants last: the verdict, where the work is, and what comes next. */
export function lastLines(task: Task, kept: string[]): string[] {
  const { evidence, commit } = currentAttempt(task) ?? {};
  const at = kept.find((file) => file.endsWith("body.md")) ?? kept[0];
  const branch = `branch ${task.branch} (git diff ${baseOf(task)}...${task.branch})`;
  const places = [commit && branch, at && resolve(at)].filter(Boolean);
  const verdict = evidence
    ? verdictSayings[evidence.verdict].words
    : `none (${stateSaying(task, "clone").words})`;
  const next = nextLine(nextMove(task, { on: "clone" }));
  return [
    "",
    `Verdict: ${verdict}`,
    `Where: ${places.join(", ") || "nothing was kept"}`,
    ...(next ? [`${next.title} ${next.text}`] : []),
  ];
}

function baseOf({ brief, repository }: Task): string {
  return brief?.brief.base ?? repository.defaultBranch;
}
