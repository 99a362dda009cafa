import { isTurnHold } from "../domain/task/hold.ts";
import { hasLabel } from "../domain/task/is-label.ts";
import type { Permission } from "../domain/task/permission.ts";
import { mayWrite } from "../domain/task/permission.ts";
import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import type { Issue } from "../ports/github.ts";

/** What is known when somebody labels an issue, or edits one whose brief was incomplete. */
export type Situation = {
  asked: "label" | "edit";
  delivery: string;
  at: string | undefined;
  label: string;
  issue: Issue | undefined;
  permission: Permission;
  rounds: Task[];
};

/**
 * What follows: nothing; a person who may not ask; the first delivery of a round; or a round that is read once more,
 * because its brief was incomplete, because it is held, or because this very delivery was interrupted.
 */
export type Admission =
  | { kind: "ignore" }
  | { kind: "stranger"; task: Task | undefined }
  | { kind: "enter"; round: number }
  | { kind: "again"; task: Task };

/** Decides from the issue as it is now; the order in which deliveries arrive means nothing. */
export function judgeAdmission(situation: Situation): Admission {
  const { issue, label, rounds, delivery } = situation;
  const last = rounds.at(-1);
  if (!issue?.open || !hasLabel(issue.labels, label)) return { kind: "ignore" };
  if (last && isAccepted(last) && last.askedIn === delivery) return { kind: "again", task: last };
  if (!mayContinue(situation) || isStale(situation)) return { kind: "ignore" };
  if (!mayWrite(situation.permission)) return { kind: "stranger", task: last };
  return last && waits(last)
    ? { kind: "again", task: last }
    : { kind: "enter", round: (last?.id.round ?? 0) + 1 };
}

/** Whether a label may begin or continue a round now; an edit only mends an incomplete brief. */
function mayContinue({ asked, rounds, delivery }: Situation): boolean {
  const last = rounds.at(-1);
  if (asked === "edit") return last?.state === "incomplete";
  const wasAnswered = rounds.some((round) => round.askedIn === delivery && isEnded(round.state));
  return !wasAnswered && (!last || waits(last) || isEnded(last.state));
}

function waits({ state, hold }: Task): boolean {
  return state === "incomplete" || (state === "held" && hold !== undefined && !isTurnHold(hold));
}

/** Whether a brief is accepted and its task waits for nothing but its turn. */
function isAccepted({ state, hold }: Task): boolean {
  return state === "queued" || (state === "held" && isTurnHold(hold));
}

/** A delivery that was made before the one that was last asked in came late: it asks for what is past. */
function isStale({ at, rounds }: Situation): boolean {
  const last = rounds.at(-1)?.askedAt;
  return at !== undefined && last !== undefined && Date.parse(at) < Date.parse(last);
}
