import { type Base, unchanged } from "../domain/evidence/change.ts";
import type { AcceptedTask } from "../domain/task/accepted-task.ts";
import { setupOf } from "../domain/task/setup-of.ts";
import { setupOrder } from "../domain/task/setup-order.ts";
import type { Prepared } from "../ports/setups.ts";
import type { Ports } from "../ports.ts";

/**
 * Has the set-up command run for what the agent starts from, or finds what it made before; nothing where the repository
 * names none. A correction whose first attempt broke the set-up goes on without: mending it may be its very task.
 */
export async function setUp(
  task: AcceptedTask,
  { base, signal }: { base: Base; signal: AbortSignal },
  ports: Pick<Ports, "policies" | "setups">,
): Promise<Extract<Prepared, { kind: "ready" }> | undefined> {
  const setup = setupOf(task, await ports.policies.of(task.repository, task.brief.brief.scope));
  const order = setupOrder(task, { setup, change: unchanged(base), tree: base.tree });
  if (!order) return undefined;
  const prepared = await ports.setups.prepare(order, signal);
  return prepared.kind === "ready" ? prepared : undefined;
}
