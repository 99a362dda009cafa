import type { Change, ObjectId } from "../domain/change.ts";
import type { Exit } from "../domain/evidence.ts";
import { setupOrder } from "../domain/setup-order.ts";
import type { Task } from "../domain/task.ts";
import type { Ports } from "../ports.ts";

/** A clean checkout of a tree. */
export type Checkout = { change: Change; tree: ObjectId; directory: string };

/** What a command in a furnished checkout is given; `red` is how the set-up ended where the tree's own broke it. */
export type Furnished = { writable: string[]; environment: Record<string, string>; red?: Exit };

/** Gives a clean checkout what the set-up command makes of its tree; nothing where the repository names none. */
export async function furnishCheckout(
  task: Task,
  { checkout, signal }: { checkout: Checkout; signal: AbortSignal },
  ports: Ports,
): Promise<Furnished> {
  const { directory } = checkout;
  const { setup } = await ports.policies.of(task.repository, task.brief?.brief.scope);
  const order = setupOrder(task, { ...checkout, setup });
  if (!order) return { writable: [directory], environment: {} };
  const prepared = await ports.setups.prepare(order, signal);
  if (prepared.kind === "red") return { writable: [directory], environment: {}, red: prepared.exit };
  const home = `${directory}.home`;
  await prepared.furnish({ directory, home });
  return { writable: [directory, home], environment: { HOME: home } };
}
