import type { TurnHold } from "../domain/task/hold.ts";
import { compareTexts } from "../domain/text/compare-texts.ts";
import { holdRules } from "./holds/hold-rules.ts";
import type { OccupyingTask, TurnRules, TurnSituation, TurnSnapshot, WaitingTask } from "./situation.ts";

/** Which tasks start, in their order, and what holds each of the others, by the tasks' keys. */
export type ReleaseDecision = { start: string[]; held: Map<string, TurnHold> };

/**
 * Decides which tasks start. Within a repository the earlier goes first; between installations the one that has the least at
 * work, and of those the one that was served longest ago. Nobody starves: an earlier task is overtaken only by those that it
 * does not overlap with, or while it waits for another issue.
 */
export function decideRelease(snapshot: TurnSnapshot): ReleaseDecision {
  const { held, free } = whoseTurn(snapshot);
  const rules = new Map(snapshot.rules);
  const start: string[] = [];
  const line = [...free];
  let { occupying } = snapshot;
  for (let task = firstInTurn(line, occupying); task; task = firstInTurn(line, occupying)) {
    line.splice(line.indexOf(task), 1);
    const own = rules.get(task.repositoryId);
    const hold = own && lacksRoom(task, { occupying, earlier: [], rules: own, now: snapshot.now });
    if (hold) held.set(task.key, hold);
    if (!own || hold) continue;
    start.push(task.key);
    occupying = [...occupying, asReleased(task, snapshot.now)];
    rules.set(task.repositoryId, reserving(own));
  }
  return { start, held };
}

/** Whom an issue or an earlier task holds, whatever room there is, and whom nothing of that kind does, in line. */
function whoseTurn({ waiting, occupying, rules, now }: TurnSnapshot): {
  held: ReleaseDecision["held"];
  free: WaitingTask[];
} {
  const held = new Map<string, TurnHold>();
  const free: WaitingTask[] = [];
  const before = new Map<number, WaitingTask[]>();
  for (const task of byArrival(waiting)) {
    const own = rules.get(task.repositoryId);
    if (!own) continue;
    const earlier = before.get(task.repositoryId) ?? [];
    const situation = { occupying, earlier, rules: own, now };
    const hold = holdRules["depends-on"](task, situation) ?? holdRules.overlap(task, situation);
    if (hold) held.set(task.key, hold);
    else free.push(task);
    // Who waits for an issue waits for people, perhaps for weeks: others need not wait behind it.
    if (hold?.kind !== "depends-on") before.set(task.repositoryId, [...earlier, task]);
  }
  return { held, free };
}

/** First come, first served. */
function byArrival(tasks: WaitingTask[]): WaitingTask[] {
  return [...tasks].sort(
    (a, b) => compareTexts(a.since, b.since) || a.issue - b.issue || compareTexts(a.key, b.key),
  );
}

function lacksRoom(task: WaitingTask, situation: TurnSituation): TurnHold | undefined {
  return (
    holdRules["review-limit"](task, situation) ??
    holdRules["daily-budget"](task, situation) ??
    holdRules.concurrency(task, situation)
  );
}

/** The first in line of the installation whose turn it is. */
function firstInTurn(line: WaitingTask[], occupying: OccupyingTask[]): WaitingTask | undefined {
  const firsts = new Map<number, WaitingTask>();
  for (const task of line) if (!firsts.has(task.installationId)) firsts.set(task.installationId, task);
  const shares = [...firsts.values()].map((task) => ({ task, ...shareOf(task, occupying) }));
  const [first] = shares.sort(
    (a, b) =>
      a.atWork - b.atWork || compareTexts(a.servedAt, b.servedAt) || compareTexts(a.task.since, b.task.since),
  );
  return first?.task;
}

/** How much an installation has at work, and when it was last given something, as far as that is still there. */
function shareOf(
  { installationId }: WaitingTask,
  occupying: OccupyingTask[],
): { atWork: number; servedAt: string } {
  const own = occupying.filter((other) => other.installationId === installationId);
  const served = own.map(({ releasedAt = "" }) => releasedAt).sort();
  return { atWork: own.filter(({ stage }) => stage !== "proposed").length, servedAt: served.at(-1) ?? "" };
}

function asReleased(task: WaitingTask, now: Date): OccupyingTask {
  const { key, repositoryId, installationId, issue, scope } = task;
  return { key, repositoryId, installationId, issue, scope, stage: "ready", releasedAt: now.toISOString() };
}

function reserving(rules: TurnRules): TurnRules {
  return { ...rules, reservedUsd: rules.reservedUsd + rules.usd };
}
