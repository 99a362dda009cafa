import { Failure } from "../domain/task/failure.ts";
import { noting } from "../domain/task/lease.ts";
import { attemptNumber, isFirstStart, type Task } from "../domain/task/task.ts";
import { marker } from "../domain/task/task-id.ts";
import { plainLine } from "../domain/text/plain-line.ts";
import type { Ports } from "../ports.ts";
import { findTemplate } from "./find-template.ts";
import { readProof } from "./read-proof.ts";
import { renderBody } from "./render-body.ts";

/** GitHub's bound on titles is 256 characters. */
const maxTitle = 200;

/**
 * Finds the pull request that an earlier start of the attempt opened; resolves to its number, or to undefined where there is
 * none. Its body is rendered anew at the attempt's end.
 */
export async function findPullRequest(
  task: Task,
  ports: Pick<Ports, "clock" | "tasks" | "pullRequests">,
): Promise<number | undefined> {
  const { repository, branch, pullRequest } = task;
  if (pullRequest !== undefined) return pullRequest;
  if (attemptNumber(task) === 1 && isFirstStart(task)) return undefined;
  const found = await ports.pullRequests.find(repository, { branch, marker: marker(task.id, "body") });
  if (!found) return undefined;
  await rememberPullRequest(task, found.number, ports);
  return found.number;
}

/** Opens the task's one draft pull request, which it does not have yet; resolves to its number. */
export async function openPullRequest(
  task: Task,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "artefacts" | "pullRequests" | "baseFiles">,
): Promise<number> {
  const { repository, branch } = task;
  const base = task.attempts[0]?.base;
  const ours = renderBody({ task, evidence: (await readProof(task, ports))?.evidence });
  const template = await findTemplate({ repository, base }, ports);
  const { draft } = await ports.policies.of(repository);
  const order = {
    branch,
    draft,
    base: base?.ref ?? repository.defaultBranch,
    title: plainLine(task.issue.title).slice(0, maxTitle),
    // Below our markers, where people fill it in and no rewriting touches it.
    body: template ? `${ours}\n\n${template}` : ours,
  };
  const opened = await ports.pullRequests.open(repository, order).catch(async (error: unknown) => {
    // The next task here is told of it before anything is spent.
    if (error instanceof Failure && error.kind === "rules") await rememberDraft(task, false, ports);
    throw error;
  });
  await rememberDraft(task, opened.draft, ports);
  await rememberPullRequest(task, opened.number, ports);
  return opened.number;
}

async function rememberDraft(
  task: Task,
  draft: boolean,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(task.id, (present) =>
    present.draft === draft || (draft && present.draft === undefined && !present.draftsRefused)
      ? undefined
      : noting(present, { draft }, { at, what: draft ? "draft opened" : "drafts refused" }),
  );
}

async function rememberPullRequest(
  task: Task,
  pullRequest: number,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(task.id, (present) =>
    present.pullRequest === pullRequest
      ? undefined
      : noting(present, { pullRequest }, { at, what: "pull request", details: { pullRequest } }),
  );
}
