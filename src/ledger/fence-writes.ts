import { assertHeld, Fenced, type Lease } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import type { Ports } from "../ports.ts";

type Writes = { [P in keyof Ports]?: (keyof Ports[P] & string)[] };

/** What changes something that others see or that a later leg reads. */
const writes = {
  artefacts: ["write", "adopt"],
  issues: ["say", "react"],
  branches: ["commit", "point", "remove"],
  pullRequests: ["open", "rewrite", "askReview", "assign"],
  checkRuns: ["report"],
} satisfies Writes;

/** The task as the ledger has it, while the lease holds; rejects with `Fenced` where another worker has the attempt. */
export async function leasedTask(lease: Lease, { tasks }: Pick<Ports, "tasks">): Promise<Task> {
  const task = await tasks.read(lease.id);
  if (!task) throw new Fenced("the task is gone");
  assertHeld(task, lease);
  return task;
}

/**
 * The same ports, of which each write first asks the ledger whether the lease still holds, and rejects with `Fenced` where
 * another worker has it. A worker that was frozen in the middle of a step does not go on with the step when it is thawed.
 */
export function fenceWrites(ports: Ports, lease: Lease): Ports {
  const fenced = Object.entries(writes).map(([name, methods]) => {
    const port = ports[name as keyof typeof writes] as unknown as Record<string, Write>;
    const guarded = methods.map((method) => [method, behindFence(port, { method, ports, lease })]);
    return [name, { ...port, ...Object.fromEntries(guarded) }];
  });
  return { ...ports, ...(Object.fromEntries(fenced) as Partial<Ports>) };
}

type Write = (...order: unknown[]) => Promise<unknown>;

function behindFence(
  port: Record<string, Write>,
  { method, ports, lease }: { method: string; ports: Ports; lease: Lease },
): Write {
  return async (...order) => {
    await leasedTask(lease, ports);
    return port[method]?.(...order);
  };
}
