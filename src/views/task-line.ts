import type { Verdict } from "../domain/evidence/evidence.ts";
import type { FailureNote } from "../domain/task/failure.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import { repositoryName } from "../domain/task/repository-name.ts";
import { ownersOf } from "../domain/task/reviewers-of.ts";
import { standingFailure, standingHold } from "../domain/task/standing.ts";
import { isUnderWay, type TaskState } from "../domain/task/state.ts";
import { currentAttempt, type Task, withheldReasons } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { asEnd, asLine, asPlain } from "./as-line.ts";
import { describeHold } from "./describe-hold.ts";
import { failureAdvice, nextMove, type TaskMove } from "./next-move.ts";
import { shownLine } from "./shown-text.ts";
import { type Saying, stateSaying } from "./tones.ts";

/** A task as one line of a list. */
export type TaskLine = {
  key: string;
  title: string;
  /** `owner/name`, for people. */
  repository: string;
  issue: number;
  round: number;
  pullRequest: number | undefined;
  state: TaskState;
  saying: Saying;
  /** Of what is published; undefined while nothing is. */
  verdict: Verdict | undefined;
  /** Who asked for it. */
  askedBy: string;
  /** Who has to review it: logins and `org/team`. */
  owners: string[];
  /** Since when it is what it is, ISO 8601. */
  since: string;
  /** When the present attempt began; undefined unless one is under way. */
  runningSince: string | undefined;
  agent: string | undefined;
  attempt: number;
  /** What all its attempts cost in dollars; null where nobody reported a cost. */
  costUsd: number | null;
  /** Why it waits or ended as it did, one sentence; undefined where its state says all. */
  reason: string | undefined;
  /** What somebody has to do, one sentence, and what stands before it; undefined where nobody has to do anything. */
  next: { title: string; text: string } | undefined;
};

/** What a list says of a task. */
export function taskLine(task: Task): TaskLine {
  const { id, repository, issue, state } = task;
  const attempt = currentAttempt(task);
  const named = attempt?.agent?.name ?? attempt?.session?.agent;
  return {
    key: taskKey(id),
    title: shownLine(issue.title) || `Issue ${id.issueNumber}`,
    repository: shownLine(repositoryName(repository)),
    issue: id.issueNumber,
    round: id.round,
    pullRequest: task.pullRequest,
    state,
    saying: stateSaying(task),
    verdict: newestProof(task)?.evidence.verdict,
    askedBy: shownLine(task.askedBy),
    owners: ownersOf(task).map((name) => shownLine(name)),
    since: (state === "proposed" && attempt?.reportedAt) || task.updatedAt,
    runningSince: isUnderWay(task) ? attempt?.startedAt : undefined,
    agent: named && shownLine(named),
    attempt: attempt?.number ?? 1,
    costUsd: costOfTask(task),
    reason: reasonOf(task),
    next: nextLine(nextMove(task, { on: "github" })),
  };
}

/** Why a task waits or ended as it did; undefined where its state says all. */
function reasonOf(task: Task): string | undefined {
  const { state, problems } = task;
  const [problem] = problems;
  const [hold, failure] = [standingHold(task), standingFailure(task)];
  if (hold) return describeHold(hold).why;
  if (state === "incomplete" && problem) return `${shownLine(problem.field)}: ${shownLine(problem.message)}`;
  if (failure) return causeOf(task, failure);
  return state === "ended: withheld" ? shownLine(withheldReasons(task)[0] ?? "") : undefined;
}

/** A failed correction leaves the pull request, so that what to do about it is not the next move. */
function causeOf(task: Task, { kind, cause }: FailureNote): string {
  const advice = task.state === "proposed" ? [failureAdvice(task, kind, { on: "github" })] : [];
  return [shownLine(cause), ...advice].join(" ");
}

/** The next move as a line: what stands before it, and the sentence. */
export function nextLine(next: TaskMove | undefined): { title: string; text: string } | undefined {
  if (!next) return undefined;
  const { by, move, releases } = next;
  if (by.length > 0) return { title: `Next, for ${asPlain(by)}:`, text: asEnd(move) };
  return { title: releases ? "Released by:" : "Next:", text: asLine(move) };
}

/** What the attempts of a task cost together; null where none of them reported a cost. */
export function costOfTask({ attempts }: Pick<Task, "attempts">): number | null {
  const costs = attempts.flatMap((attempt) => {
    const { costUsd } = attempt.agent ?? { costUsd: sumOfLegs(attempt.legs) };
    return costUsd === null ? [] : [costUsd];
  });
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
}

function sumOfLegs(legs: Task["attempts"][number]["legs"]): number | null {
  const costs = (legs ?? []).flatMap(({ agent }) => (agent.costUsd === null ? [] : [agent.costUsd]));
  return costs.length === 0 ? null : costs.reduce((sum, cost) => sum + cost, 0);
}
