import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { answerRefusal } from "../publish/answer-refusal.ts";
import { whyNotCancelled } from "../review/judge-cancel.ts";
import { hear } from "./hear.ts";
import { cancelTask } from "./withdraw.ts";

/** `/cancel` → the task is cancelled, or its correction is. */
export async function cancel(order: Extract<Command, { kind: "cancel" }>, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  await ports.locks.exclusively(issueKey(heard.id), async (lock) => {
    const task = await ports.tasks.change(heard.id, () => undefined);
    const why = whyNotCancelled(task);
    await acknowledge(order, why === undefined, ports);
    if (why !== undefined)
      return answerRefusal(
        task,
        { by: order.by, number: order.on.number, command: "/cancel", why, lock },
        ports,
      );
    await cancelTask(task, { by: order.by, why: `${order.by} cancelled it.`, lock }, ports);
  });
}
