import { escapeMarkdown, inlineCode } from "../domain/escape-markdown.ts";
import { failures } from "../domain/failure.ts";
import type { TaskState } from "../domain/state.ts";
import { type Attempt, currentAttempt, type Task } from "../domain/task.ts";
import { marker } from "../domain/task-id.ts";

/** What the status comment is made of besides the task: the brief as understood or its repair, and how many wait before. */
export type StatusFacts = { label: string; ahead: number; briefPart: string };

/** The one comment on the issue: state, what happens next, the brief as understood or its repair. */
export function renderStatus(task: Task, facts: StatusFacts): string {
  return [
    marker(task.id, "status"),
    `**Drafthorse** · ${headlines[task.state]}`,
    ...(task.notice ? [`> ${escapeMarkdown(task.notice)}`] : []),
    nextMove(task, facts),
    ...failureLines(task),
    ...task.attempts.map(attemptLine).filter(Boolean),
    facts.briefPart,
  ]
    .filter(Boolean)
    .join("\n\n");
}

const headlines: Record<TaskState, string> = {
  incomplete: "🟡 The brief is incomplete",
  queued: "⏳ Queued",
  held: "⏸️ Held",
  running: "🏃 Running",
  proposed: "📝 Draft pull request open",
  correcting: "🔁 Correcting",
  "ended: cancelled": "⏹️ Cancelled",
  "ended: nothing-changed": "⚪ Ended: nothing changed",
  "ended: withheld": "🛑 Withheld: nothing was published",
  "ended: failed": "🔴 Failed",
  "ended: rejected": "⚫ Ended: the pull request was closed",
  "ended: merged": "🟣 Merged",
};

function nextMove(task: Task, { label, ahead }: StatusFacts): string {
  const again = `Add the label \`${label}\` again for a new round.`;
  const pull = task.pullRequest ? `#${task.pullRequest}` : "the pull request";
  const moves: Record<TaskState, string> = {
    incomplete: "Nothing was started. Edit the issue as shown below; it is read again when you save it.",
    queued:
      ahead === 0 ? "Next in line; it starts when a worker is free." : `${plural(ahead, "task")} before it.`,
    held: "It starts when what holds it is gone.",
    running: "An agent is at work. `/cancel` stops it and keeps its work.",
    proposed: `Review ${pull}. One \`/retry\` with your words there buys one correction.`,
    correcting: `An agent is correcting ${pull}. \`/cancel\` stops it.`,
    "ended: cancelled": `${keptWork(task)} ${again}`,
    "ended: nothing-changed": `The agent ended without changing a file. Make the brief more exact. ${again}`,
    "ended: withheld": `${withheldBecause(task)} ${keptWork(task)} ${again}`,
    "ended: failed": keptWork(task),
    "ended: rejected": again,
    "ended: merged": "Nothing is left to do.",
  };
  return moves[task.state].trim();
}

function failureLines(task: Task): string[] {
  if (!task.failure || task.state === "running" || task.state === "correcting") return [];
  const { whose, nextMove } = failures[task.failure.kind];
  return [
    `**Cause** (${task.failure.kind}, owner: ${whose}): ${escapeMarkdown(task.failure.cause)}\n\n**Next:** ${nextMove}`,
  ];
}

function withheldBecause(task: Task): string {
  return (currentAttempt(task)?.change?.unpublishable ?? []).map(escapeMarkdown).join(" ");
}

function keptWork(task: Task): string {
  const attempt = currentAttempt(task);
  if (attempt?.commit) return `The work is on the branch ${inlineCode(task.branch)}.`;
  if (attempt?.change && attempt.change.files.length > 0)
    return `The work is kept on the server as the artefact ${inlineCode(attempt.change.pack)}.`;
  return "";
}

function attemptLine(attempt: Attempt): string {
  if (!attempt.agent) return "";
  const { agent, evidence } = attempt;
  const said = evidence ? `verdict **${evidence.verdict}**` : "no verdict";
  const cost = agent.costUsd === null ? "cost not reported" : `$${agent.costUsd.toFixed(2)}`;
  const seconds = `${Math.round(agent.durationMs / 1000)} s`;
  return `Attempt ${attempt.number}: ${said} · agent ${inlineCode(agent.name)} ${agent.outcome} after ${seconds} · ${cost}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
