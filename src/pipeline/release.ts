import type { Task } from "../domain/task/task.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { judgeAgain } from "./judge-again.ts";

/** The default branch moved → tasks that wait for their configuration, or for what it requires, are judged by it again. */
export async function release(order: Extract<Command, { kind: "configure" }>, ports: Ports): Promise<void> {
  const live = await ports.tasks.find({ live: true, repositoryId: order.repository.id });
  const waiting = live.filter(isHeldByRules);
  await Promise.all(waiting.map((task) => judgeAgain({ ...task, repository: order.repository }, ports)));
}

function isHeldByRules({ hold }: Task): boolean {
  const byRules = ["configuration", "protection", "duplicate", "draft"];
  return hold !== undefined && byRules.includes(hold.kind);
}
