import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { rewriteBody } from "../publish/rewrite-body.ts";
import { compareText } from "./compare-text.ts";
import { hear } from "./hear.ts";
import { readProtectionAgain } from "./read-protection-again.ts";
import { show } from "./show.ts";

/** `/status` → the status comment and our part of the pull request's body are written anew. */
export async function refresh(order: Extract<Command, { kind: "status" }>, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  const at = { repository: heard.repository, number: heard.id.issueNumber };
  await compareText(heard, () => ports.issues.read(at), ports);
  await readProtectionAgain(heard, ports);
  await ports.locks.exclusively(issueKey(heard.id), async (lock) => {
    await acknowledge(order, true, ports);
    const task = await ports.tasks.change(heard.id, () => undefined);
    // Whatever became of the comment meanwhile, it is written.
    await show({ ...task, statusText: undefined }, lock, ports);
    await rewriteBody(task, ports);
  });
}
