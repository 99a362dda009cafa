import type { Task } from "./task.ts";

/** Who owns the review, once GitHub was asked for it; before that, whom it will be asked for. */
export function ownersOf(task: Task): string[] {
  return task.reviewRequest?.owners ?? reviewersOf(task);
}

/** Whom a review is asked of: those of the brief, else of the configuration, else the one who asked. */
export function reviewersOf({ brief, reviewers = [], askedBy }: Task): string[] {
  const named = brief?.brief.boundary.reviewers ?? [];
  return [named, reviewers].find((list) => list.length > 0) ?? [askedBy];
}
