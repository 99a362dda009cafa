import { noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { answerRefusal } from "../publish/answer-refusal.ts";
import { pullOf } from "../publish/rewrite-body.ts";
import { judgeRetry } from "../review/judge-retry.ts";
import { announceCorrection, beginCorrection } from "./begin-correction.ts";
import { hear } from "./hear.ts";

type Retry = Extract<Command, { kind: "retry" }>;

/** `/retry` → attempt 2 on the same branch, once; at once, or when the first attempt is reported; or the reason why not. */
export async function correct(order: Retry, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  await ports.locks.exclusively(issueKey(heard.id), async (lock) => {
    const present = await ports.tasks.change(heard.id, () => undefined);
    const decision = judgeRetry(present, order.delivery);
    await acknowledge(order, decision.kind !== "refuse", ports);
    switch (decision.kind) {
      case "refuse":
        return answerRefusal(
          present,
          { ...order, number: order.on.number, command: "/retry", ...decision, lock },
          ports,
        );
      case "wait":
        return awaitCorrection(present, order, ports);
      case "correct":
        return beginCorrection(present, { asked: order, lock }, ports);
      case "resume":
        return announceCorrection(present, { lock, pull: await pullOf(present, ports) }, ports);
    }
  });
}

/** The first attempt begins the correction itself as soon as it has told people of its end. */
async function awaitCorrection(
  { id }: Task,
  { by, byId, delivery, words, on }: Retry,
  ports: Pick<Ports, "clock" | "tasks">,
): Promise<void> {
  const retryAsked = { by, byId, delivery, words, number: on.number };
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(id, (task) =>
    task.retryAsked ? undefined : noting(task, { retryAsked }, { at, what: "correction awaited", by }),
  );
}
