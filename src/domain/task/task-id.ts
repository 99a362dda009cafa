import { z } from "zod";

/** What a task is known by; owner and name are only for display, since repositories are renamed (SPEC section 2). */
export const TaskId = z.object({
  repositoryId: z.number().int().positive(),
  issueNumber: z.number().int().positive(),
  round: z.number().int().positive(),
});
export type TaskId = z.infer<typeof TaskId>;

/** An attempt of a task, as the published documents name it. */
export const AttemptReference = z.object({
  repositoryId: z.number(),
  issueNumber: z.number(),
  round: z.number(),
  attempt: z.number(),
});

/** An issue, whatever its rounds. */
export type IssueId = Pick<TaskId, "repositoryId" | "issueNumber">;

/** The task's key in the ledger, the artefacts and the logs, for example `task-1001-12-1`. */
export function taskKey(id: TaskId): string {
  return `task-${id.repositoryId}-${id.issueNumber}-${id.round}`;
}

/** Reads such a key back. */
export function parseTaskKey(key: string): TaskId | undefined {
  const [repositoryId, issueNumber, round] = (/^task-(\d+)-(\d+)-(\d+)$/.exec(key) ?? [])
    .slice(1)
    .map(Number);
  return TaskId.safeParse({ repositoryId, issueNumber, round }).data;
}

/** The attempt's key: its job id and the name of its worktree. BullMQ allows no colon and no bare integer. */
export function attemptKey(id: TaskId, number: number): string {
  return `${taskKey(id)}-attempt-${number}`;
}

/** The key of what is asked of an attempt that is published: its job id and the name of its checkouts. */
export function questionsKey(id: TaskId, number: number): string {
  return `${attemptKey(id, number)}-questions`;
}

/** What all that happens to one issue is serialised by. */
export type IssueKey = `issue-${number}-${number}`;

/** Such a key of an issue. */
export function issueKey(id: IssueId): IssueKey {
  return `issue-${id.repositoryId}-${id.issueNumber}`;
}

/** What judging the sign-off of one pull request is serialised by. */
export function signOffKey(repositoryId: number, pullRequest: number): `sign-off-${number}-${number}` {
  return `sign-off-${repositoryId}-${pullRequest}`;
}

/** The branch of a task: `agent/NUMBER-slug`, in later rounds `agent/NUMBER-slug-ROUND`. */
export function branchOf(id: TaskId, title: string): string {
  const slug = title
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "");
  return [
    "agent/",
    id.issueNumber,
    "-",
    shortenSlug(slug) || "task",
    id.round > 1 ? `-${id.round}` : "",
  ].join("");
}

/** Long enough to be recognised, short enough for a list of branches; whole words where there are any. */
const slugLength = 40;

function shortenSlug(slug: string): string {
  if (slug.length <= slugLength) return slug;
  const cut = slug.slice(0, slugLength + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf("-"), 0) || slugLength);
}

/** The hidden line by which we know what we have written; GitHub shows it to nobody. */
export function marker(id: TaskId, what: string): string {
  return `<!-- drafthorse:${what} ${id.repositoryId}/${id.issueNumber}/${id.round} -->`;
}
