import { hasLabel } from "../domain/task/is-label.ts";
import { mayWrite } from "../domain/task/permission.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import type { Issue } from "../ports/github.ts";
import type { Ports } from "../ports.ts";

/**
 * Why an attempt that is about to start may not start any more: what held at acceptance is looked at again, since hours
 * may lie between. Undefined if all is well, or if it has started before.
 */
export async function refuseStart(
  task: Task,
  issue: Issue | undefined,
  ports: Pick<Ports, "people" | "policies">,
): Promise<string | undefined> {
  const attempt = currentAttempt(task);
  if (!attempt || attempt.startedAt) return undefined;
  if (!mayWrite(await ports.people.permission(task.repository, attempt.askedBy)))
    return `@${attempt.askedBy} no longer has write access.`;
  if (attempt.number > 1) return undefined;
  const { label } = (await ports.policies.read(task.repository)).policy;
  if (!issue?.open) return "The issue is no longer open.";
  return hasLabel(issue.labels, label) ? undefined : `The label \`${label}\` was removed.`;
}
