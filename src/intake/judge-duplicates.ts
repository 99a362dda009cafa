import { type Duplicate, isSamePull } from "../domain/task/duplicate.ts";
import type { Hold } from "../domain/task/hold.ts";
import type { Task } from "../domain/task/task.ts";

/** Open pull requests that close an issue, and how its work was asked for; `delivery` is undefined where no label asks. */
export type FoundDuplicates = {
  rule: "warn" | "refuse";
  duplicates: Duplicate[];
  delivery: string | undefined;
  rounds: Pick<Task, "askedIn" | "duplicates">[];
};

/**
 * Holds a task whose issue an open pull request closes already, where the rules refuse a second one. The label again
 * releases it: our comment has named the pull requests by then, and anybody may open one that claims to close an issue.
 */
export function judgeDuplicates({ rule, duplicates, delivery, rounds }: FoundDuplicates): Hold | undefined {
  if (rule === "warn" || duplicates.length === 0) return undefined;
  const shown = rounds
    .filter(({ askedIn }) => delivery !== undefined && askedIn !== delivery)
    .flatMap((round) => round.duplicates ?? []);
  const isShown = (one: Duplicate): boolean => shown.some((other) => isSamePull(one, other));
  return duplicates.every(isShown) ? undefined : { kind: "duplicate", duplicates };
}
