import { awaitsTurn } from "../domain/task/hold.ts";
import { isUnderWay } from "../domain/task/state.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import type { OccupyingTask, TurnRules, TurnSnapshot, WaitingTask } from "./situation.ts";

/** What the ledger's live tasks are to the scheduler. */
export function snapshotTurns(
  live: Task[],
  { rules, now }: { rules: ReadonlyMap<number, TurnRules>; now: Date },
): TurnSnapshot {
  return {
    waiting: live.filter(awaitsTurn).map(waitingOf),
    occupying: live.flatMap((task) => occupyingOf(task) ?? []),
    rules,
    now,
  };
}

function turnIdentity({ id, repository }: Task) {
  const { repositoryId, issueNumber } = id;
  return { key: taskKey(id), repositoryId, installationId: repository.installationId, issue: issueNumber };
}

function waitingOf(task: Task): WaitingTask {
  const { createdAt, brief } = task;
  // Until somebody has looked, each issue that it depends on may be open.
  const openDependencies = task.openDependencies ?? brief?.brief.dependsOn ?? [];
  return { ...turnIdentity(task), since: createdAt, scope: scopeOf(brief), openDependencies };
}

function occupyingOf(task: Task): OccupyingTask | undefined {
  const stage = stageOf(task);
  const { pullRequest, release, brief } = task;
  return (
    stage && {
      ...turnIdentity(task),
      stage,
      scope: scopeOf(brief),
      ...(pullRequest !== undefined && { pullRequest }),
      ...(release && { releasedAt: release.at }),
    }
  );
}

/** A task without a brief, which only an older version can have left, may mean anything. */
function scopeOf(brief: Task["brief"]): string[] {
  return brief?.brief.scope ?? [];
}

function stageOf(task: Task): OccupyingTask["stage"] | undefined {
  if (isUnderWay(task)) return "working";
  if (task.state === "proposed") return "proposed";
  if (task.state !== "queued" || !task.release) return undefined;
  return task.release.postponed ? "postponed" : "ready";
}

/** What a repository's attempts of this day have cost, and what is set aside for those that still run, in dollars. */
export function costsOfDay(
  tasks: Task[],
  { now, usd }: { now: Date; usd: number },
): Pick<TurnRules, "spentUsd" | "reservedUsd"> {
  const day = now.toISOString().slice(0, 10);
  const attempts = tasks.flatMap((task) => task.attempts);
  const today = attempts.filter(({ startedAt }) => startedAt?.startsWith(day));
  const spent = today.map(({ agent }) => agent?.costUsd ?? 0);
  const open = tasks.filter((task) => isUnderWay(task) && currentAttempt(task)?.agent === undefined);
  const ready = tasks.filter(({ state, release }) => state === "queued" && release);
  return { spentUsd: sum(spent), reservedUsd: usd * (open.length + ready.length) };
}

function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
