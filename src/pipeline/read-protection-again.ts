import { noting } from "../domain/task/lease.ts";
import { isEnded } from "../domain/task/state.ts";
import type { Task } from "../domain/task/task.ts";
import { judgeProtection } from "../policy/judge-protection.ts";
import type { Ports } from "../ports.ts";

/** Reads again what gates a merge into a task's base, for somebody who has mended it; the task as it then is. */
export async function readProtectionAgain(
  task: Task,
  ports: Pick<Ports, "clock" | "policies" | "tasks" | "protection">,
): Promise<Task> {
  const { protection, repository } = task;
  if (!protection || isEnded(task.state)) return task;
  const { policy } = await ports.policies.read(repository);
  const isAsked = policy.protection !== "ignore";
  const rules = isAsked ? await ports.protection.rules(repository, protection.branch) : undefined;
  if (isAsked && !rules) return task;
  const gaps = rules ? judgeProtection(rules, protection.app) : [];
  if (JSON.stringify(gaps) === JSON.stringify(protection.gaps)) return task;
  const at = ports.clock.now().toISOString();
  const now = { ...protection, gaps };
  return ports.tasks.change(task.id, (present) =>
    noting(present, { protection: now }, { at, what: "protection read again", details: { gaps } }),
  );
}
