import type { Task } from "../domain/task/task.ts";

/** Below this many attempts a median says nothing. */
const fewest = 3;

/** How long a repository's attempts took of late: the median in minutes, and of how many. */
export type UsualTime = { minutes: number; attempts: number };

/** Measured from the start of an attempt to its report; undefined where too few are known. */
export function usualTime(tasks: Task[]): UsualTime | undefined {
  const minutes = tasks
    .flatMap(({ attempts }) => attempts)
    .flatMap(({ startedAt, reportedAt }) =>
      startedAt && reportedAt ? [(Date.parse(reportedAt) - Date.parse(startedAt)) / 60_000] : [],
    )
    .sort((a, b) => a - b);
  const median = minutes[Math.floor(minutes.length / 2)];
  if (median === undefined || minutes.length < fewest) return undefined;
  return { minutes: Math.max(1, Math.round(median)), attempts: minutes.length };
}

/**
 * In how many minutes a task that waits for room alone begins, where `ahead` wait before it and `concurrent` run at once.
 * What waits for people has no such time.
 */
export function estimateStart(
  { ahead, concurrent }: { ahead: number; concurrent: number },
  usual: UsualTime,
): number {
  return Math.ceil((ahead + 1) / concurrent) * usual.minutes;
}
