import type { Task } from "../domain/task.ts";
import { issueKey } from "../domain/task-id.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { accept } from "./accept.ts";
import { compareText } from "./compare-text.ts";
import { show } from "./show.ts";

/** The text was edited → it is taken if it mends an incomplete brief and its editor may ask; else it is only shown. */
export async function revise(order: Extract<Command, { kind: "revise" }>, ports: Ports): Promise<void> {
  await accept(order, ports);
  const issue = { repositoryId: order.repository.id, issueNumber: order.issue.number };
  await ports.locks.exclusively(issueKey(issue), async () => {
    const task = (await ports.tasks.find(issue)).at(-1);
    if (!task) return;
    const after = await compareText(task, ports);
    if (looksOther(task, after)) await show(after, ports);
  });
}

/** Beside an accepted brief only the fact is shown, so that nobody can make us write as often as they edit. */
function looksOther({ edited }: Task, after: Task): boolean {
  return after.brief ? !edited !== !after.edited : edited?.body !== after.edited?.body;
}
