import { hasLabel } from "../domain/task/is-label.ts";
import { next } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

/**
 * Whether the issue as it is now no longer asks for its task. Once a pull request is open the label means nothing, and what has
 * ended cannot be withdrawn: then nobody is asked.
 */
export async function isWithdrawn(task: Task, ports: Pick<Ports, "policies" | "issues">): Promise<boolean> {
  if (task.state === "correcting" || !next(task.state, "cancelled")) return false;
  const issue = await ports.issues.read({ repository: task.repository, number: task.id.issueNumber });
  const { label } = (await ports.policies.read(task.repository)).policy;
  return !issue?.open || !hasLabel(issue.labels, label);
}
