import { resolve } from "node:path";
import type { Verdict } from "../../domain/evidence/evidence.ts";
import { type FailureKind, failures } from "../../domain/task/failure.ts";
import { currentAttempt, type Task } from "../../domain/task/task.ts";

/** What a person does with a branch of this verdict. */
const moves: Record<Verdict, string> = {
  passed: "read the changed lines, and merge the branch if they are what you asked for",
  "needs-attention": "judge what body.md lists, read the changed lines, and merge the branch or not",
  failed: "read body.md for what does not hold, then mend it by hand or run the brief again",
  incomplete: "read body.md for what was not measured, then run the brief again",
};

/** What a person does about a failure, by whose it is. */
const mends: Record<(typeof failures)[FailureKind]["whose"], string> = {
  requester: "mend the brief and run it again",
  repository: "mend the repository or its set-up, and run the brief again",
  operator: "mend the settings, for which `drafthorse doctor` has the repairs, and run the brief again",
  agent: "run the brief again, or with another agent",
  us: "run the brief again; if it fails again report it, with history.jsonl",
};

/** The three lines that a person wants last: the verdict, where the work is, and what comes next. */
export function lastLines(task: Task, kept: string[]): string[] {
  const { evidence, commit } = currentAttempt(task) ?? {};
  const at = kept.find((file) => file.endsWith("body.md")) ?? kept[0];
  const places = [commit && `branch ${task.branch}`, at && resolve(at)].filter(Boolean);
  return [
    "",
    `Verdict  ${evidence?.verdict ?? `none: ${task.state}`}`,
    `Where    ${places.join(", ") || "nothing was kept"}`,
    `Next     ${nextMove(task)}`,
  ];
}

function nextMove(task: Task): string {
  const { agent, evidence, commit } = currentAttempt(task) ?? {};
  if (task.failure) return mends[failures[task.failure.kind].whose];
  if (task.state === "incomplete") return "mend the brief as the lines above say, and run it again";
  if (task.state === "held") return "mend what holds it, as the lines above say, and run the brief again";
  if (task.state === "ended: withheld")
    return "read the lines above: what was found must not leave this machine";
  if (commit && evidence)
    return `${moves[evidence.verdict]}: git diff ${task.brief?.brief.base ?? task.repository.defaultBranch}...${task.branch}`;
  if (agent?.outcome === "failed") return `read in status.md what stopped the agent, and ${mends.agent}`;
  return "read status.md, sharpen the brief, and run it again";
}
