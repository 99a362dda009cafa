import { Failure } from "../../domain/task/failure.ts";
import { isEnded } from "../../domain/task/state.ts";
import { HistoryLine, Task } from "../../domain/task/task.ts";
import { type TaskId, taskKey } from "../../domain/task/task-id.ts";
import { compareTexts } from "../../domain/text/compare-texts.ts";
import type { LiveQuery, TaskQuery } from "../../ports/store.ts";
import { keepingUnknown } from "./keeping-unknown.ts";
import { readRecord } from "./read-record.ts";

const AnyTask = keepingUnknown(Task);

/** Reads a task of the ledger; what a newer version added to it stays in it. */
export function readTask(key: string, text: string): Task {
  return readRecord(AnyTask, { name: key, text });
}

/** Reads one line of a task's history. */
export function readHistoryLine(key: string, text: string): HistoryLine {
  return readRecord(HistoryLine, { name: `${key} (history)`, text });
}

/** The failure of a change to a task that the ledger does not have. */
export function missingTask(id: TaskId): Failure {
  return new Failure("storage", `The ledger has no ${taskKey(id)}.`);
}

/** Rounds of one issue in ascending order, anything else by age. */
export function sortTasks(query: TaskQuery, tasks: Task[]): Task[] {
  const ofOneIssue = "issueNumber" in query;
  return tasks.sort((a, b) =>
    ofOneIssue ? a.id.round - b.id.round : a.createdAt.localeCompare(b.createdAt) || byId(a.id, b.id),
  );
}

/** Whether a task is one of those that are looked for. */
export function isFound(query: TaskQuery, task: Task): boolean {
  if ("live" in query) return isLiveFound(query, task);
  if (query.repositoryId !== task.id.repositoryId) return false;
  if ("issueNumber" in query) return query.issueNumber === task.id.issueNumber;
  return query.pullRequest === task.pullRequest;
}

function isLiveFound({ repositoryId, installationId, states, heldBy }: LiveQuery, task: Task): boolean {
  return (
    !isEnded(task.state) &&
    (!states || states.includes(task.state)) &&
    isOr(repositoryId, task.id.repositoryId) &&
    isOr(installationId, task.repository.installationId) &&
    isOr(heldBy, task.hold?.kind)
  );
}

function isOr<T>(wanted: T | undefined, value: T | undefined): boolean {
  return wanted === undefined || wanted === value;
}

/** The order of a list: what changed last comes first, and of one moment the greater key. */
export function byChange(a: Task, b: Task): number {
  return compareTexts(b.updatedAt, a.updatedAt) || compareTexts(taskKey(b.id), taskKey(a.id));
}

function byId(a: TaskId, b: TaskId): number {
  return a.repositoryId - b.repositoryId || a.issueNumber - b.issueNumber || a.round - b.round;
}
