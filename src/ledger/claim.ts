import { type AcceptedTask, acceptedTask } from "../domain/task/accepted-task.ts";
import type { Job } from "../domain/task/job.ts";
import {
  awaitsQuestions,
  Fenced,
  type Lease,
  letGo,
  noting,
  takeOver,
  takeUpQuestions,
} from "../domain/task/lease.ts";
import { isUnderWay } from "../domain/task/state.ts";
import { currentAttempt, type Task } from "../domain/task/task.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { fenceWrites, leasedTask } from "./fence-writes.ts";

/**
 * One worker's claim to an attempt. The writes of `ports` hold to the lease. `stop` aborts when this process is to end, `signal`
 * then and also when the attempt is cancelled or another worker has taken it over.
 */
export type Claim = {
  lease: Lease;
  ports: Ports;
  /** The same ports without the lease, for what follows once the attempt has ended. */
  world: Ports;
  stop: AbortSignal;
  signal: AbortSignal;
  lastTry: boolean;
  /** Whether it only ends the attempt, which is done also where workers died. */
  isEnding: boolean;
};

/** How often it is tried to say that a worker lives, once a second: longer than the fail-over of a database. */
const mostSayings = 900;

/** How often a running attempt looks whether it is still wanted; `/cancel` must act within 10 s (SPEC section 10). */
const watchEveryMs = 1_000;

/** What a claim is made with; `tidyUp` is called in place of the steps where the attempt is over. */
type ClaimParts = {
  ports: Ports;
  context: JobContext;
  tidyUp: (job: Job, ports: Ports) => Promise<void>;
  isEnding?: boolean;
};

/**
 * Takes the attempt over and runs `steps` while it is held; resolves to what they resolve to, and to undefined for an attempt
 * that is over.
 */
export async function withClaim<T>(
  job: Job,
  { ports, context, tidyUp, isEnding = false }: ClaimParts,
  steps: (claim: Claim) => Promise<T>,
): Promise<T | undefined> {
  const lease = await takeLease(job, ports);
  // Whoever ended the attempt may have died before it was tidied up.
  if (!lease) {
    await tidyUp(job, ports);
    return undefined;
  }
  const ended = new AbortController();
  const unwatch = ports.timer.every(watchEveryMs, async () => {
    if (!(await isStillWanted(job, { lease, ports }))) ended.abort();
  });
  try {
    const signal = AbortSignal.any([context.signal, ended.signal]);
    return await steps({
      lease,
      ports: fenceWrites(ports, lease),
      world: ports,
      stop: context.signal,
      signal,
      ...{ lastTry: context.last, isEnding },
    });
  } catch (thrown) {
    if (await isTakenOver(lease, ports)) throw new Fenced("the attempt was taken over", { cause: thrown });
    throw thrown;
  } finally {
    unwatch();
    await sayAlive(lease, ports);
  }
}

async function takeLease(job: Job, ports: Pick<Ports, "clock" | "tasks">): Promise<Lease | undefined> {
  const at = ports.clock.now().toISOString();
  const task = await ports.tasks.change(job.task, (present) => {
    const taken = (job.kind === "questions" ? takeUpQuestions : takeOver)(present, job.attempt);
    return (
      taken &&
      noting(taken, { notice: undefined }, { at, what: takenUp[job.kind], details: { attempt: job.attempt } })
    );
  });
  const attempt = currentAttempt(task);
  if (!isOn[job.kind](task) || attempt?.number !== job.attempt) return undefined;
  return { id: job.task, attempt: job.attempt, fence: task.fence };
}

/**
 * Says that the worker whose claim ends did not die, so that nobody counts its end as a death. Where the store does not answer
 * it is said as soon as it does, in a later second; a worker that dies before that was not lying.
 */
async function sayAlive(lease: Lease, { tasks, timer }: Pick<Ports, "timer" | "tasks">): Promise<void> {
  const say = async (): Promise<void> => {
    await tasks.change(lease.id, (task) => {
      const freed = letGo(task, lease);
      return freed && { task: freed, entries: [] };
    });
  };
  try {
    await say();
  } catch {
    const left = { tries: mostSayings };
    const stop = timer.every(watchEveryMs, async () => {
      left.tries -= 1;
      await say().then(stop, () => left.tries > 0 || stop());
    });
  }
}

/**
 * Whether somebody else has the attempt by now. What a worker then meets, such as the branch that the other one made, is no
 * failure of the attempt. A store that does not answer leaves it at what was thrown.
 */
async function isTakenOver({ id, fence }: Lease, { tasks }: Pick<Ports, "tasks">): Promise<boolean> {
  const task = await tasks.read(id).catch(() => undefined);
  return task !== undefined && task.fence !== fence;
}

/** The task that is worked on, while this claim still holds it. */
export async function claimedTask(claim: Claim): Promise<AcceptedTask> {
  return acceptedTask(await claimedRecord(claim));
}

/** The same as the ledger has it: what ends an attempt asks for no more. */
export async function claimedRecord({ ports, lease }: Claim): Promise<Task> {
  return leasedTask(lease, ports);
}

/** A store that does not answer for a moment is no reason to stop an agent. */
async function isStillWanted(
  { kind }: Job,
  { lease, ports }: { lease: Lease; ports: Ports },
): Promise<boolean> {
  try {
    const task = await ports.tasks.read(lease.id);
    return task !== undefined && isOn[kind](task) && task.fence === lease.fence && !task.cancel;
  } catch (error) {
    ports.log.warn(
      { task: lease.id, err: error },
      "the ledger could not be asked whether the attempt is wanted",
    );
    return true;
  }
}

const takenUp: Record<Job["kind"], string> = {
  attempt: "taken up",
  questions: "questions taken up",
  measure: "head taken up",
};

/** Whether a task still wants what a job is for. */
const isOn: Record<Job["kind"], (task: Task) => boolean> = {
  attempt: isUnderWay,
  questions: awaitsQuestions,
  // A head is measured without a claim: it is compared with the ledger at its end.
  measure: () => false,
};
