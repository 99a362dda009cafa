import { cleanHiddenText } from "../brief/visible/clean-hidden-text.ts";
import { noting } from "../domain/task/lease.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { acknowledge } from "../intake/acknowledge.ts";
import type { Command } from "../intake/read-command.ts";
import type { Ports } from "../ports.ts";
import { answerRefusal } from "../publish/answer-refusal.ts";
import { rewriteBody } from "../publish/rewrite-body.ts";
import { jobOf } from "../queue/job-of.ts";
import { collectFeedback } from "../review/collect-feedback.ts";
import { judgeRetry } from "../review/judge-retry.ts";
import { withCorrection } from "../review/with-correction.ts";
import { hear } from "./hear.ts";
import { show } from "./show.ts";

/** `/retry` → attempt 2 on the same branch, once; or the reason why not. */
export async function correct(order: Extract<Command, { kind: "retry" }>, ports: Ports): Promise<void> {
  const heard = await hear(order, ports);
  if (!heard) return;
  await ports.locks.exclusively(issueKey(heard.id), async () => {
    const present = await ports.tasks.change(heard.id, () => undefined);
    const decision = judgeRetry(present, order.delivery);
    if (decision.kind === "refuse") {
      await acknowledge(order, false, ports);
      return answerRefusal(
        present,
        { by: order.by, number: order.on.number, command: "/retry", why: decision.why },
        ports,
      );
    }
    if (decision.kind === "correct") {
      const feedback = await collectFeedback(present, { words: order.words, clean: visibleText }, ports);
      const at = ports.clock.now().toISOString();
      await ports.tasks.change(heard.id, (task) =>
        noting(
          withCorrection(task, { ...order, feedback }),
          {},
          { at, what: "correction asked for", by: order.by },
        ),
      );
    }
    await acknowledge(order, true, ports);
    const task = await ports.tasks.change(heard.id, () => undefined);
    await show(task, ports);
    await rewriteBody(task, ports);
    await ports.queue.add(jobOf(task));
  });
}

function visibleText(text: string): string {
  return cleanHiddenText(text).text;
}
