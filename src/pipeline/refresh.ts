import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { compareText } from "./compare-text.ts";
import { hear } from "./hear.ts";
import { show } from "./show.ts";

/** `/status` → the status comment is written anew. */
export async function refresh(order: Extract<Command, { kind: "status" }>, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  await compareText(heard, ports);
  await ports.locks.exclusively(issueKey(heard.id), async () => {
    await acknowledge(order, true, ports);
    await show(await ports.tasks.change(heard.id, () => undefined), ports);
  });
}
