import type { Task } from "../domain/task.ts";
import { issueKey } from "../domain/task-id.ts";
import { readAgain } from "../intake/enter-task.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";
import { judgeAsked } from "./judge-asked.ts";
import { show } from "./show.ts";

/** The default branch moved → tasks that wait for their configuration are judged by it again. */
export async function release(order: Extract<Command, { kind: "configure" }>, ports: Ports): Promise<void> {
  const live = await ports.tasks.find({ live: true });
  const waiting = live.filter(
    (task) => task.id.repositoryId === order.repository.id && task.hold?.kind === "configuration",
  );
  await Promise.all(waiting.map((task) => judgeAgain({ ...task, repository: order.repository }, ports)));
}

async function judgeAgain(task: Task, ports: Ports): Promise<void> {
  const { repository, issue, askedBy } = task;
  const judged = await judgeAsked({ repository, by: askedBy, issue }, ports);
  await ports.locks.exclusively(issueKey(task.id), async () => {
    const after = await readAgain(task, judged, ports);
    await show(after, ports);
    if (needsJob(after)) await ports.queue.add(jobOf(after));
  });
}
