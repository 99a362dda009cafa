import { isTurnHold } from "../domain/task/hold.ts";
import type { Task } from "../domain/task/task.ts";

/** How many tasks of its repository wait before a task, and in how many minutes it begins, from the median of so many attempts. */
export type PlaceInLine = {
  ahead: number;
  estimate?: { minutes: number; attempts: number; startsInMinutes: number };
};

/** Its place, and when it starts where that was measured: else nothing is said of the time. */
export function renderTurn({ hold }: Task, { ahead, estimate }: PlaceInLine): string[] {
  if (!isTurnHold(hold)) return [];
  const place = `It is number ${ahead + 1} of those that wait in this repository.`;
  if (!estimate) return [place];
  const { minutes, attempts, startsInMinutes } = estimate;
  return [
    place,
    `Going by the last ${attempts} attempts here, of ${minutes} min each in the middle, it starts in about ${startsInMinutes} min.`,
  ];
}
