import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { answerRefusal } from "../publish/answer-refusal.ts";
import { hear } from "./hear.ts";

const why = "This version records no approvals yet. Approve by a review.";

/** `/approve CLASS` → the answer that nothing was recorded; an approval that nobody measures must not look like one. */
export async function approve(order: Extract<Command, { kind: "approve" }>, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  await ports.locks.exclusively(issueKey(heard.id), async () => {
    await acknowledge(order, true, ports);
    await answerRefusal(heard, { by: order.by, number: order.on.number, command: "/approve", why }, ports);
  });
}
