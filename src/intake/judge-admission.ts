import { isEnded } from "../domain/state.ts";
import type { Task } from "../domain/task.ts";
import type { Issue, Permission } from "../ports/github.ts";
import { mayAsk } from "./judge-asker.ts";

/** What is known when somebody labels an issue, or edits one whose brief was incomplete. */
export type Situation = {
  asked: "label" | "edit";
  delivery: string;
  label: string;
  issue: Issue | undefined;
  permission: Permission;
  rounds: Task[];
};

/**
 * What follows: nothing; a person who may not ask; the first delivery of a round; or a round that is read once more,
 * because its brief was incomplete, because it waits for the configuration, or because this very delivery was interrupted.
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
  if (!issue?.open || !issue.labels.includes(label)) return { kind: "ignore" };
  if (last?.state === "queued" && last.askedIn === delivery) return { kind: "again", task: last };
  if (last && !isReadAgain(last) && !isEnded(last.state)) return { kind: "ignore" };
  if (rounds.some((round) => round.askedIn === delivery && isEnded(round.state))) return { kind: "ignore" };
  if (situation.asked === "edit" && last?.state !== "incomplete") return { kind: "ignore" };
  if (!mayAsk(situation.permission)) return { kind: "stranger", task: last };
  return asked(last);
}

function asked(last: Task | undefined): Admission {
  if (last && isReadAgain(last)) return { kind: "again", task: last };
  return { kind: "enter", round: (last?.id.round ?? 0) + 1 };
}

/** Whether asking again means the same round: its brief was incomplete, or it waits for the configuration. */
function isReadAgain({ state, hold }: Task): boolean {
  return state === "incomplete" || (state === "held" && hold !== undefined);
}
