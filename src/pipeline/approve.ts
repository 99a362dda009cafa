import { noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { answerRefusal } from "../publish/answer-refusal.ts";
import { gatherApproval } from "../review/approval/gather-approval.ts";
import { judgeWords, type WordsDecision } from "../review/approval/judge-words.ts";
import { hear } from "./hear.ts";
import { asksAt, signOff } from "./sign-off.ts";

/** `/approve CLASS` → the word of somebody who may sign off, kept for the head that they saw; or the reason why not. */
export async function approve(order: Extract<Command, { kind: "approve" }>, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  await ports.locks.exclusively(issueKey(heard.id), async (lock) => {
    const task = await ports.tasks.change(heard.id, () => undefined);
    const decision = await decide(order, task, ports);
    await acknowledge(order, decision.kind === "record", ports);
    if (decision.kind === "refuse") {
      const { by, on } = order;
      return answerRefusal(
        task,
        { by, number: on.number, command: "/approve", why: decision.why, lock },
        ports,
      );
    }
    await record(task, { ...decision, by: order.by }, ports);
  });
  if (heard.pullRequest) await signOff({ repository: order.repository, number: heard.pullRequest }, ports);
}

type Recorded = Extract<WordsDecision, { kind: "record" }> & { head: string };

async function decide(
  { by, words, on }: Extract<Command, { kind: "approve" }>,
  task: Task,
  ports: Pick<Ports, "policies" | "artefacts" | "people" | "pullRequests">,
): Promise<Recorded | Extract<WordsDecision, { kind: "refuse" }>> {
  const pull = task.pullRequest
    ? await ports.pullRequests.read(task.repository, task.pullRequest)
    : undefined;
  if (task.state !== "proposed" || pull?.state !== "open")
    return { kind: "refuse", why: `There is nothing to approve now: this task is "${task.state}".` };
  const { head, reviews } = pull;
  const asks = await asksAt(task, pull, ports);
  const facts = await gatherApproval(task, { head, reviews, asks, also: [by] }, ports);
  const decision = judgeWords({ by, words, at: on.at, commit: on.commit }, { facts, seen: task.headSeen });
  return decision.kind === "record" ? { ...decision, head } : decision;
}

async function record(
  { id }: Task,
  { names, head, by }: Recorded & { by: string },
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(id, (present) => {
    const { approvals = [] } = present;
    const fresh = names
      .filter((name) => !approvals.some((one) => one.name === name && one.by === by && one.head === head))
      .map((name) => ({ name, by, head }));
    if (fresh.length === 0) return undefined;
    const details = { names: fresh.map(({ name }) => name), head };
    return noting(present, { approvals: [...approvals, ...fresh] }, { at, what: "approved", by, details });
  });
}
