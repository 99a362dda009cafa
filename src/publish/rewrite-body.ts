import type { Task } from "../domain/task/task.ts";
import type { PullRequest } from "../ports/github.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "./read-proof.ts";
import { renderBody } from "./render-body.ts";
import { spliceBody } from "./splice-body.ts";

/** Renders the body of the task's pull request anew, if it has one; a body that is right already is left alone. */
export async function rewriteBody(
  task: Task,
  ports: Pick<Ports, "artefacts" | "pullRequests">,
): Promise<void> {
  const present = await pullOf(task, ports);
  if (present) await rewritePull(task, present, ports);
}

/** The pull request of a task as it is now. */
export async function pullOf(
  { repository, pullRequest }: Task,
  { pullRequests }: Pick<Ports, "pullRequests">,
): Promise<PullRequest | undefined> {
  return pullRequest ? pullRequests.read(repository, pullRequest) : undefined;
}

/** The same for a pull request that was just read. */
export async function rewritePull(
  task: Task,
  present: PullRequest,
  ports: Pick<Ports, "artefacts" | "pullRequests">,
): Promise<void> {
  const ours = renderBody({
    task,
    evidence: (await readProof(task, ports))?.evidence,
    head: present.head,
  });
  const body = spliceBody(task.id, present.body, ours);
  if (body !== present.body) await ports.pullRequests.rewrite(task.repository, present.number, body);
}
