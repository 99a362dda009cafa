import type { Verdict } from "../domain/evidence/evidence.ts";
import { newestProof } from "../domain/task/newest-proof.ts";
import { ownersOf } from "../domain/task/reviewers-of.ts";
import { isUnderWay, type TaskState } from "../domain/task/state.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import { taskKey } from "../domain/task/task-id.ts";
import { type Saying, stateSayings } from "./tones.ts";

/** A task as one line of a list. Text that people or agents wrote is as they wrote it: whoever shows it escapes it. */
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
};

/** What a list says of a task. */
export function taskLine(task: Task): TaskLine {
  const { id, repository, issue, state } = task;
  const attempt = currentAttempt(task);
  return {
    key: taskKey(id),
    title: issue.title,
    repository: `${repository.owner}/${repository.name}`,
    issue: id.issueNumber,
    round: id.round,
    pullRequest: task.pullRequest,
    state,
    saying: stateSayings[state],
    verdict: newestProof(task)?.evidence.verdict,
    askedBy: task.askedBy,
    owners: ownersOf(task),
    since: (state === "proposed" && attempt?.reportedAt) || task.updatedAt,
    runningSince: isUnderWay(task) ? attempt?.startedAt : undefined,
    agent: attempt?.agent?.name ?? attempt?.session?.agent,
    attempt: attempt?.number ?? 1,
    costUsd: costOfTask(task),
  };
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
