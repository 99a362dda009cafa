import { failures } from "../domain/task/failure.ts";
import { type Attempt, currentAttempt, type Task } from "../domain/task/task.ts";

/**
 * What a `/retry` buys: a correction, one as soon as the first attempt has been reported, nothing with the reason said, or
 * the correction that this delivery bought before.
 */
export type RetryDecision =
  | { kind: "correct" }
  | { kind: "wait" }
  | { kind: "refuse"; why: string }
  | { kind: "resume" };

/** Decides about a `/retry` by somebody who may ask: one correction per round, from an open draft pull request. */
export function judgeRetry(task: Task, delivery: string): RetryDecision {
  const last = currentAttempt(task);
  if (last?.number === 2 && last.askedIn === delivery) return { kind: "resume" };
  switch (task.state) {
    case "correcting":
      return refuseRetry("The correction is already under way.");
    case "running":
      return whileRunning(task, delivery);
    case "proposed":
      return last?.number === 2 && usesCorrection(last)
        ? refuseRetry(
            "The one correction of this round is used. Mend the rest by hand, or close the pull request.",
          )
        : { kind: "correct" };
    case "ended: rejected":
      return refuseRetry(
        "The pull request is closed. Reopen it first, or add the label again for a new round.",
      );
    case "ended: merged":
      return refuseRetry("The pull request is merged. What is still wrong is a new issue.");
    default:
      return refuseRetry(`There is no open draft pull request: this task is "${task.state}".`);
  }
}

/** Once its work is committed people may see its pull request, although not all has been said of it yet. */
function whileRunning(task: Task, delivery: string): RetryDecision {
  const { retryAsked, cancel } = task;
  if (cancel) return refuseRetry("The task is being cancelled.");
  if (!currentAttempt(task)?.commit)
    return refuseRetry("The first attempt is still at work. Wait for its draft pull request.");
  if (retryAsked && retryAsked.delivery !== delivery)
    return refuseRetry("A correction is asked for already; it begins when the first attempt is reported.");
  return { kind: "wait" };
}

/** A correction that a passing trouble of ours or of GitHub's ended may be asked for again (SPEC section 10). */
function usesCorrection({ failure }: Attempt): boolean {
  return failure === undefined || failures[failure.kind].usesAttempt;
}

function refuseRetry(why: string): RetryDecision {
  return { kind: "refuse", why };
}
