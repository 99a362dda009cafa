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
 * because its brief was incomplete or because this very delivery was interrupted.
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
  const mayContinue = !last || last.state === "incomplete" || isEnded(last.state);
  if (!mayContinue || rounds.some((round) => round.askedIn === delivery && isEnded(round.state)))
    return { kind: "ignore" };
  if (situation.asked === "edit" && last?.state !== "incomplete") return { kind: "ignore" };
  if (!mayAsk(situation.permission)) return { kind: "stranger", task: last };
  return last?.state === "incomplete"
    ? { kind: "again", task: last }
    : { kind: "enter", round: (last?.id.round ?? 0) + 1 };
}
