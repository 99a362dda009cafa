import { Fenced, type Lease } from "../domain/task/lease.ts";
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

/**
 * The same ports, of which each write first asks the ledger whether the lease still holds, and rejects with `Fenced` where
 * another worker has it. A worker that was frozen in the middle of a step does not go on with the step when it is thawed.
 */
export function fenceWrites(ports: Ports, lease: Lease): Ports {
  const fenced = Object.entries(writes).map(([name, methods]) => {
    const port = ports[name as keyof typeof writes] as unknown as Record<string, Write>;
    const held = methods.map((method) => [method, behindFence(port, { method, ports, lease })]);
    return [name, { ...port, ...Object.fromEntries(held) }];
  });
  return { ...ports, ...(Object.fromEntries(fenced) as Partial<Ports>) };
}

type Write = (...order: unknown[]) => Promise<unknown>;

function behindFence(
  port: Record<string, Write>,
  { method, ports, lease }: { method: string; ports: Ports; lease: Lease },
): Write {
  return async (...order) => {
    const task = await ports.tasks.read(lease.id);
    // The number of the attempt does not matter: whoever ends it may already begin the correction that was asked for.
    if (task?.fence !== lease.fence)
      throw new Fenced(`attempt ${lease.attempt} was taken over before "${method}"`);
    return port[method]?.(...order);
  };
}
