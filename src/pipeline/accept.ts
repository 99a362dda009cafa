import { readBrief } from "../brief/read-brief.ts";
import { issueKey } from "../domain/task-id.ts";
import { admit, type Delegation } from "../intake/admit.ts";
import { enterTask } from "../intake/enter-task.ts";
import { findHold } from "../intake/find-hold.ts";
import { turnAway } from "../intake/turn-away.ts";
import type { Ports } from "../ports.ts";
import { jobOf, needsJob } from "../queue/job-of.ts";
import { compareText } from "./compare-text.ts";
import { show } from "./show.ts";

/** Label → queued, or → one comment that shows the repair. */
export async function accept(order: Delegation, ports: Ports): Promise<void> {
  const issue = { repositoryId: order.repository.id, issueNumber: order.issue.number };
  await ports.locks.exclusively(issueKey(issue), async () => {
    const admission = await admit(order, ports);
    if (admission.kind === "ignore") return;
    if (admission.kind === "stranger") return order.kind === "delegate" ? turnAway(order, ports) : undefined;

    const judgement = readBrief(order.issue.body);
    const hold = "brief" in judgement ? await findHold(order, judgement.sha256, ports) : undefined;
    const entered = await enterTask(order, { entrance: admission, judged: { judgement, hold } }, ports);
    const task = await compareText(entered, ports);
    await show(task, ports);
    if (!needsJob(task)) return;
    await ports.issues.react({ repository: order.repository, number: order.issue.number }, "eyes");
    await ports.queue.add(jobOf(task));
  });
}
