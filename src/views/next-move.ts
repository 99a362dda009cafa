import type { Verdict } from "../domain/evidence/evidence.ts";
import { type FailureKind, failureMove } from "../domain/task/failure.ts";
import type { Hold } from "../domain/task/hold.ts";
import { holdWords } from "../domain/task/hold-words.ts";
import { newestProof, pushedHead } from "../domain/task/newest-proof.ts";
import { ownersOf } from "../domain/task/reviewers-of.ts";
import { standingFailure, standingHold } from "../domain/task/standing.ts";
import type { TaskState } from "../domain/task/state.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { withoutStop } from "../domain/text/full-stop.ts";
import { plural } from "../domain/text/plural.ts";
import type { Words } from "../domain/text/words.ts";
import { releaseOf } from "./describe-hold.ts";

/** Where a task is worked on: an issue on GitHub, with its label where that is known, or a clone on this machine. */
export type Ground = { on: "github"; label?: string | undefined } | { on: "clone" };

/**
 * What somebody has to do next: the rest of a sentence, without its full stop. `by` is who, where it matters; `releases` is
 * true where the move ends a hold. The status comment, the pull request, the dashboard and `drafthorse run` all say it so.
 */
export type TaskMove = { by: Words; move: Words; releases: boolean };

/** Whether a person completed an incomplete brief who may not ask for its work. */
export function isCompleted({ state, edited }: Pick<Task, "state" | "edited">): boolean {
  return state === "incomplete" && edited?.problems.length === 0;
}

/** Who must do what next; undefined where nobody has to do anything. */
export function nextMove(task: Task, ground: Ground): TaskMove | undefined {
  const { state } = task;
  const [hold, failure] = [standingHold(task), standingFailure(task)];
  if (hold) return release(hold, ground);
  if (state === "proposed") return reviewMove(task, ground);
  if (failure) return somebody([failureAdvice(task, failure.kind, ground)]);
  const move = moves[state](task, ground);
  return move && { ...somebody(move), ...(state === "correcting" && { by: reviewers(task) }) };
}

/** What to do about a failure of a task, one sentence. A failed correction is asked for again where it is reviewed. */
export function failureAdvice({ state }: Pick<Task, "state">, kind: FailureKind, ground: Ground): string {
  const isReview = state === "proposed" && ground.on === "github";
  return failureMove(kind, isReview ? "comment `/retry` again" : again(ground));
}

const moves: Record<TaskState, (task: Task, ground: Ground) => Words | undefined> = {
  incomplete: (task, ground) =>
    isCompleted(task)
      ? ["someone with write access adds ", ...labelled(ground), " again"]
      : repair(task, ground),
  queued: () => undefined,
  held: () => undefined,
  running: () => undefined,
  proposed: () => undefined,
  correcting: () => [
    "wait. The one correction is under way, and what was measured is the commit before it. `/cancel` stops it",
  ],
  "ended: cancelled": (_, ground) => newRound(ground),
  "ended: nothing-changed": (task, ground) => [`${afterNothing(task)}, and `, ...newRound(ground)],
  "ended: withheld": (_, ground) => ["read why nothing of it may be published, then ", ...newRound(ground)],
  "ended: failed": (_, ground) => [again(ground)],
  "ended: rejected": (_, ground) => ["is it still wanted? Then ", ...newRound(ground)],
  "ended: merged": () => undefined,
};

/** What is done about an attempt that changed nothing. A program that fails says nothing of the brief. */
function afterNothing(task: Task): string {
  const { agent, change } = currentAttempt(task) ?? {};
  const hasWorked = (change?.inSubmodules?.length ?? 0) > 0 || (change?.trimmed?.paths.length ?? 0) > 0;
  if (hasWorked || !agent || agent.outcome === "finished") return "make the brief more exact";
  return agent.outcome === "failed"
    ? "mend what stopped the agent, which its last words may tell, or name another agent"
    : "give the agent more room by `limits`, or make the brief smaller";
}

function somebody(move: Words): TaskMove {
  return { by: [], move, releases: false };
}

/** How the same work is asked for once more, as words within a sentence. */
function again({ on }: Ground): string {
  return on === "clone" ? "run the brief again" : "add the label again";
}

function newRound(ground: Ground): Words {
  return ground.on === "clone" ? [again(ground)] : ["add ", ...labelled(ground), " again for a new round"];
}

function labelled(ground: Ground): Words {
  return ground.on === "github" && ground.label ? ["the label ", { code: ground.label }] : ["the label"];
}

/** What ends a hold. A clone has no scheduler that would look again by itself. */
function release(hold: Hold, ground: Ground): TaskMove {
  if (ground.on === "clone") return somebody(["end what holds it, and run the brief again"]);
  return { by: [], move: releaseOf(holdWords(hold, ground.label)), releases: true };
}

/** The first of the repairs, which are Markdown of ours; the others are counted. */
function repair({ problems: [first, ...more] }: Task, ground: Ground): Words {
  const rest = more.length > 0 ? ` (and ${plural(more.length, "more repair")})` : "";
  const mended = first ? [withoutStop(first.repair), rest] : ["mend the brief"];
  return [...mended, ground.on === "clone" ? ". Then run the brief again" : ""].filter(
    (piece) => piece !== "",
  );
}

/** A head that people pushed counts as unmeasured until there is evidence for it. */
function isUnmeasured(task: Task): boolean {
  const pushed = pushedHead(task);
  return pushed !== undefined && !pushed.evidence;
}

/** What a change that was just looked at is known to be: its verdict, and whether its head is another than the measured one. */
type Seen = { verdict?: Verdict | undefined; isStale?: boolean };

/** What the reviewer does with a change that is published. */
export function reviewMove(task: Task, ground: Ground, seen: Seen = {}): TaskMove {
  const verdict = seen.verdict ?? newestProof(task)?.evidence.verdict ?? "incomplete";
  const isStale = seen.isStale ?? isUnmeasured(task);
  const { finish, decide } = ends(task, ground);
  const ways: Record<Verdict, string> = {
    passed: `read the changed lines, then ${finish}`,
    "needs-attention": `judge what needs a human's eye and read the changed lines, then ${finish}`,
    failed: `read what does not hold, then ${decide}`,
    incomplete: `read what is missing, then ${decide}`,
  };
  const stale = `read what was pushed since as you would read any change, and run its tests; then ${finish}`;
  const left = ground.on === "clone" || isStale ? "" : `. ${correctionLeft(task)}`;
  return {
    by: ground.on === "clone" ? [] : reviewers(task),
    move: [`${isStale ? stale : ways[verdict]}${left}`],
    releases: false,
  };
}

/** How a review ends: where the change is good, and where it is not. */
function ends({ draft }: Task, { on }: Ground): { finish: string; decide: string } {
  if (on === "clone")
    return { finish: "merge the branch or leave it", decide: "mend it by hand or run the brief again" };
  const ready = draft === false ? "take `[draft]` off its title" : "mark it ready";
  return {
    finish: `${ready}, approve and merge it, or close it`,
    decide: "have it corrected, mend it by hand, or close it",
  };
}

function correctionLeft({ attempts }: Task): string {
  return attempts.length > 1
    ? "The one correction is used"
    : "A comment on the pull request that begins with `/retry`, followed by your words, buys one correction";
}

/** Whose review it is, as it stands in a sentence. */
function reviewers(task: Task): Words {
  const owners = ownersOf(task);
  if (owners.length === 0) return ["any person with write access but ", { code: task.askedBy }];
  return owners.flatMap((name, at): Words => [...(at > 0 ? [", "] : []), { code: name }]);
}
