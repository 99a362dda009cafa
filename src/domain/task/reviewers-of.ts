import type { Task } from "./task.ts";

/** Who owns the review, once GitHub was asked for it; before that, whom it will be asked for. */
export function ownersOf(task: Task): string[] {
  return task.reviewRequest?.owners ?? reviewersOf(task);
}

/** Whom a review is asked of: those who are named, else the one who asked. */
export function reviewersOf(task: Task): string[] {
  const [named] = namedReviewers(task);
  return named ?? [task.askedBy];
}

/** Who is named for the review, by the brief and then by the configuration, each where it names anybody. */
export function namedReviewers({ brief, reviewers = [] }: Task): string[][] {
  return [brief?.brief.boundary.reviewers ?? [], reviewers].filter((names) => names.length > 0);
}
