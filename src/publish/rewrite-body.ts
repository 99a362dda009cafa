import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";
import { readProof } from "./read-proof.ts";
import { renderBody } from "./render-body.ts";
import { spliceBody } from "./splice-body.ts";

/** Renders the body of the task's pull request anew, if it has one; a body that is right already is left alone. */
export async function rewriteBody(task: Task, ports: Ports): Promise<void> {
  if (!task.pullRequest) return;
  const present = await ports.pullRequests.read(task.repository, task.pullRequest);
  if (!present) return;
  const ours = renderBody({
    task,
    evidence: (await readProof(task, ports))?.evidence,
    head: present.head,
  });
  const body = spliceBody(task.id, present.body, ours);
  if (body !== present.body) await ports.pullRequests.rewrite(task.repository, task.pullRequest, body);
}
