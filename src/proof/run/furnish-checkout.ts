import { join } from "node:path";
import type { Change, ObjectId } from "../../domain/evidence/change.ts";
import type { Exit } from "../../domain/evidence/exit.ts";
import type { AcceptedTask } from "../../domain/task/accepted-task.ts";
import { setupOf } from "../../domain/task/setup-of.ts";
import { setupOrder } from "../../domain/task/setup-order.ts";
import type { Ports } from "../../ports.ts";

/** A clean checkout, and the tree whose set-up it is given. */
export type Checkout = { change: Change; tree: ObjectId; directory: string };

/** What a command in a furnished checkout is given; or how the set-up ended that the tree itself has broken. */
export type Furnished = {
  writable: string[];
  environment: Record<string, string>;
  /** Folders in which programs are found by name. */
  programs?: string[];
  red?: { exit: Exit; log: string };
};

/** Gives a clean checkout what the set-up command makes of its tree; nothing where the repository names none. */
export async function furnishCheckout(
  task: AcceptedTask,
  { checkout, signal }: { checkout: Checkout; signal: AbortSignal },
  ports: Pick<Ports, "policies" | "setups">,
): Promise<Furnished> {
  const { directory } = checkout;
  const setup = setupOf(task, await ports.policies.of(task.repository, task.brief.brief.scope));
  const order = setupOrder(task, { ...checkout, setup });
  if (!order) return { writable: [directory], environment: {} };
  const prepared = await ports.setups.prepare(order, signal);
  if (prepared.kind === "red") {
    const red = { exit: withRemark(prepared.exit, order.setup.run), log: order.log };
    return { writable: [directory], environment: {}, red };
  }
  const home = `${directory}.home`;
  await prepared.furnish({ directory, home });
  const programs = prepared.programs.map((path) => join(directory, path));
  return { writable: [directory, home], environment: { HOME: home }, programs };
}

/** Whoever reads the end of the output must not take it for that of the validation command. */
function withRemark(exit: Exit, run: string): Exit {
  if (exit.endedBy === "cancel") return exit;
  const remark = `\n[drafthorse: the set-up command (${run}) failed on this tree, so the validation command was not run]\n`;
  return { ...exit, log: { ...exit.log, tail: `${exit.log.tail}${remark}` } };
}
