import { isLabel } from "../domain/task/is-label.ts";
import { mayWrite } from "../domain/task/permission.ts";
import type { Command } from "../intake/read-command.ts";
import { turnAway } from "../intake/turn-away.ts";
import type { Ports } from "../ports.ts";
import { renderMislabel } from "../publish/render-mislabel.ts";

/** The label was put on a pull request → one comment there says what it is for, however often it happens. */
export async function mislabel(
  order: Extract<Command, { kind: "mislabel" }>,
  ports: Pick<Ports, "log" | "policies" | "tasks" | "issues" | "people">,
): Promise<void> {
  const { repository, number, by } = order;
  const { label } = (await ports.policies.read(repository)).policy;
  if (!isLabel(order.label, label)) return;
  if (!mayWrite(await ports.people.permission(repository, by)))
    return turnAway({ ...order, issue: { number } }, ports);
  const tasks = await ports.tasks.find({ repositoryId: repository.id, pullRequest: number });
  await ports.issues.say({ repository, number }, renderMislabel({ label, isOurs: tasks.length > 0 }));
}
