import type { Base, Change } from "../domain/change.ts";
import type { AgentReport } from "../domain/evidence.ts";
import { treeBounds } from "../domain/limits.ts";
import { limitsFor } from "../domain/policy.ts";
import { attemptNumber, currentAttempt, type Task } from "../domain/task.ts";
import { attemptKey, taskKey } from "../domain/task-id.ts";
import type { AgentUpdate, Bounds } from "../ports/workshop.ts";
import type { Ports } from "../ports.ts";
import { renderTaskFile } from "./render-task-file.ts";

/** Where the agent finds its task, below the worktree; the folder is never part of the change. */
const taskFile = ".drafthorse/TASK.md";

/** A timeline keeps at most this many notes; what an agent says beyond is counted, not kept. */
const maxNotes = 2_000;

/** An agent's minute in milliseconds. */
const minute = 60_000;

/** Lets the agent work in its worktree within its bounds, then reads what it left as a change. */
export async function work(
  task: Task,
  { base, signal }: { base: Base; signal: AbortSignal },
  ports: Ports,
): Promise<{ agent: AgentReport; change: Change }> {
  const { brief } = task.brief ?? {};
  const number = attemptNumber(task);
  if (!brief) throw new Error("a task without a brief was started");
  const { repository } = task;
  const key = attemptKey(task.id, number);
  const prompt = renderTaskFile({
    title: task.issue.title,
    number: task.id.issueNumber,
    brief,
    feedback: currentAttempt(task)?.feedback,
  });
  const worktree = await ports.worktrees.open({ repository, base, key, notes: { [taskFile]: prompt } });
  const timeline = keepTimeline();
  const bounds = await boundsOf(task, ports);
  const agent = await ports.agent.work({ worktree, taskFile, prompt, bounds, note: timeline.note }, signal);
  await ports.artefacts.write(`${taskKey(task.id)}/timeline-${number}.jsonl`, timeline.text());
  const pack = `${taskKey(task.id)}/change-${number}.pack`;
  return { agent, change: await ports.worktrees.capture({ repository, base, key, pack }) };
}

async function boundsOf(task: Task, ports: Ports): Promise<Bounds> {
  const policy = await ports.policies.of(task.repository);
  const limits = limitsFor(task.brief?.brief ?? { budget: {} }, policy);
  return {
    totalMs: limits.minutes * minute,
    silenceMs: limits.silenceMinutes * minute,
    ...treeBounds(limits),
  };
}

function keepTimeline(): { note: (update: AgentUpdate) => void; text: () => string } {
  const notes: AgentUpdate[] = [];
  const counted = { more: 0 };
  return {
    note: (update) => void (notes.length < maxNotes ? notes.push(update) : counted.more++),
    text: () => [...notes, ...(counted.more ? [counted] : [])].map((n) => `${JSON.stringify(n)}\n`).join(""),
  };
}
