import { failures } from "../domain/task/failure.ts";
import type { Attempt, Task } from "../domain/task/task.ts";

/** What a `/retry` buys: a correction, nothing with the reason said, or the correction that this delivery bought before. */
export type RetryDecision = { kind: "correct" } | { kind: "refuse"; why: string } | { kind: "resume" };

/** Decides about a `/retry` by somebody who may ask: one correction per round, from an open draft pull request. */
export function judgeRetry(task: Task, delivery: string): RetryDecision {
  const last = task.attempts.at(-1);
  if (last?.number === 2 && last.askedIn === delivery) return { kind: "resume" };
  if (task.state === "correcting") return refuse("The correction is already under way.");
  if (task.state !== "proposed")
    return refuse(`There is no open draft pull request: this task is "${task.state}".`);
  if (last?.number === 2 && usedUp(last))
    return refuse(
      "The one correction of this round is used. Mend the rest by hand, or close the pull request.",
    );
  return { kind: "correct" };
}

/** A correction that a passing trouble of ours or of GitHub's ended may be asked for again (SPEC section 10). */
function usedUp({ failure }: Attempt): boolean {
  return failure === undefined || failures[failure.kind].usesAttempt;
}

function refuse(why: string): RetryDecision {
  return { kind: "refuse", why };
}
