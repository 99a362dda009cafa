import { cleanHiddenText } from "../brief/visible/clean-hidden-text.ts";
import { noting } from "../domain/task/lease.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey, type TaskId } from "../domain/task/task-id.ts";
import type { PullRequest } from "../ports/github.ts";
import type { IssueLock } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { answerRefusal } from "../publish/answer-refusal.ts";
import { rewritePull } from "../publish/rewrite-body.ts";
import { jobOf } from "../queue/job-of.ts";
import { collectFeedback } from "../review/collect-feedback.ts";
import { judgeRetry } from "../review/judge-retry.ts";
import { withCorrection } from "../review/with-correction.ts";
import { show } from "./show.ts";

/** Who asked for a correction, and in what words. */
export type AskedCorrection = { by: string; byId: number; delivery: string; words: string };

/** Takes in what people said and begins the correction. */
export async function beginCorrection(
  task: Task,
  { asked, lock }: { asked: AskedCorrection; lock: IssueLock },
  ports: Ports,
): Promise<void> {
  const clean = (text: string) => cleanHiddenText(text).text;
  const { feedback, pull } = await collectFeedback(task, { words: asked.words, clean }, ports);
  const at = ports.clock.now().toISOString();
  const correcting = await ports.tasks.change(task.id, (present) =>
    noting(
      withCorrection(present, { ...asked, feedback }),
      { retryAsked: undefined },
      { at, what: "correction asked for", by: asked.by },
    ),
  );
  await announceCorrection(correcting, { lock, pull }, ports);
}

/** Says that the correction is under way and queues it; doing it twice is doing it once. */
export async function announceCorrection(
  task: Task,
  { lock, pull }: { lock: IssueLock; pull: PullRequest | undefined },
  ports: Ports,
): Promise<void> {
  if (pull) await rewritePull(task, pull, ports);
  await show(task, lock, ports);
  await ports.queue.add(jobOf(task));
}

/** Begins the correction that was asked for while the first attempt was still reporting, or says why not any more. */
export async function beginAwaited(id: TaskId, ports: Ports): Promise<void> {
  await ports.locks.exclusively(issueKey(id), async (lock) => {
    const task = await ports.tasks.change(id, () => undefined);
    const { retryAsked } = task;
    if (!retryAsked) return;
    const decision = judgeRetry({ ...task, retryAsked: undefined }, retryAsked.delivery);
    if (decision.kind === "wait") return;
    if (decision.kind === "correct") return beginCorrection(task, { asked: retryAsked, lock }, ports);
    if (decision.kind === "refuse")
      await answerRefusal(task, { ...retryAsked, command: "/retry", why: decision.why, lock }, ports);
    const at = ports.clock.now().toISOString();
    await ports.tasks.change(id, (present) =>
      noting(present, { retryAsked: undefined }, { at, what: "correction not begun", by: retryAsked.by }),
    );
  });
}
