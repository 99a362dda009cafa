import { acceptedTask } from "../domain/task/accepted-task.ts";
import { workKey } from "../domain/task/change-address.ts";
import type { FailureNote } from "../domain/task/failure.ts";
import type { MeasureJob } from "../domain/task/job.ts";
import { noting } from "../domain/task/lease.ts";
import { pushedHead } from "../domain/task/newest-proof.ts";
import type { PushedHead } from "../domain/task/pushed-head.ts";
import type { Task } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { Interrupted } from "../ledger/durably.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { prove } from "../proof/prove.ts";
import { reportCheck } from "../publish/report-check.ts";
import { rewriteBody } from "../publish/rewrite-body.ts";
import { checkOutHead } from "../run/check-out-head.ts";
import { signOff } from "./sign-off.ts";

/** Job → the head that people pushed is proved without an agent; body and check runs are rendered for it. */
export async function remeasure(job: MeasureJob, ports: Ports, context: JobContext): Promise<void> {
  const task = await ports.tasks.read(job.task);
  if (!task) return;
  // A worker that died may have written the result down and told nobody of it.
  if (!isStillAsked(task, job)) return tellMeasured(job, ports);
  const { view, agent, change } = await checkOutHead(acceptedTask(task), job, ports);
  try {
    const evidence = await prove(view, { agent, change, signal: context.signal }, ports);
    if (context.signal.aborted) throw new Interrupted("stopped while a head was measured");
    await keepResult(job, { state: "measured", evidence }, ports);
  } finally {
    await ports.worktrees.close(workKey(view));
  }
}

/** The head could not be measured → people are told, and the pull request waits for whoever asks again. */
export async function leaveUnmeasured(job: MeasureJob, failure: FailureNote, ports: Ports): Promise<void> {
  await keepResult(job, { state: "failed", failure }, ports);
}

/** Writes down what a run came to, unless another head or an attempt has come between, and shows it. */
async function keepResult(job: MeasureJob, result: Partial<PushedHead>, ports: Ports): Promise<void> {
  const at = ports.clock.now().toISOString();
  const { evidence, failure } = result;
  const details = { head: job.head, ...(evidence && { ...evidence }), ...(failure && { ...failure }) };
  await ports.tasks.change(job.task, (present) =>
    isStillAsked(present, job) && present.pushed
      ? noting(
          present,
          { pushed: { ...present.pushed, ...result } },
          { at, what: `head ${result.state}`, details },
        )
      : undefined,
  );
  await tellMeasured(job, ports);
}

/**
 * Shows what a run came to, as the ledger has it: while a correction is under way that is nothing, for the newest evidence is
 * then of another commit. Done again, it says the same.
 */
async function tellMeasured(job: MeasureJob, ports: Ports): Promise<void> {
  await ports.locks.exclusively(issueKey(job.task), async () => {
    const task = await ports.tasks.read(job.task);
    const state = task && stateOfRun(task, job);
    if (!task || state === undefined || state === "waiting") return;
    if (state === "measured") await reportCheck(task, { commit: job.head }, ports);
    await rewriteBody(task, ports);
  });
  const { repository, pullRequest } = (await ports.tasks.read(job.task)) ?? {};
  if (repository && pullRequest) await signOff({ repository, number: pullRequest }, ports);
}

/** How far a run has come; undefined where another head, another run or an attempt has come between. */
function stateOfRun(task: Task, { head, run }: MeasureJob): PushedHead["state"] | undefined {
  const pushed = task.state === "proposed" ? pushedHead(task) : undefined;
  return pushed?.head === head && pushed.run === run ? pushed.state : undefined;
}

function isStillAsked(task: Task, job: MeasureJob): boolean {
  return stateOfRun(task, job) === "waiting";
}
