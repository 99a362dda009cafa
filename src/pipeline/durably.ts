import { factsOf } from "../domain/facts-of.ts";
import { assertHeld, noting, withAttempt } from "../domain/lease.ts";
import { type Attempt, currentAttempt, type Task } from "../domain/task.ts";
import { heldTask, type Turn } from "./turn.ts";

/** A durable step: its name, and the fields of the attempt that are its result. */
export type Step<K extends keyof Attempt> = { name: string; fields: readonly K[] };

/** The result of a step: every one of its fields. */
export type Done<K extends keyof Attempt> = { [F in K]-?: NonNullable<Attempt[F]> };

/** Thrown where a turn ends because this process is to stop; the job is taken up again behind the last durable step. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/**
 * Runs one step of an attempt once: not at all if the ledger already has its result; else the lease is compared, the
 * step acts, and its result is written down together with a line of history.
 */
export async function durably<K extends keyof Attempt>(
  turn: Turn,
  step: Step<K>,
  act: (task: Task) => Promise<Done<K>>,
): Promise<Done<K>> {
  const { ports, lease } = turn;
  const task = await heldTask(turn);
  const known = resultOf(task, step);
  if (known) return known;
  const fields = { task: lease.id, attempt: lease.attempt, fence: lease.fence, step: step.name };
  const began = ports.clock.now().getTime();
  ports.log.info(fields, "step begun");
  const result = await act(task);
  if (turn.stop.aborted) throw new Interrupted(`stopped during the step "${step.name}"`);
  await writeDown(turn, step.name, result);
  ports.log.info({ ...fields, durationMs: ports.clock.now().getTime() - began }, "step done");
  return result;
}

async function writeDown({ ports, lease }: Turn, what: string, result: Partial<Attempt>): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(lease.id, (task) => {
    assertHeld(task, lease);
    const details = { attempt: lease.attempt, ...factsOf(result) };
    return noting(withAttempt(task, result), {}, { at, what, details });
  });
}

function resultOf<K extends keyof Attempt>(task: Task, { fields }: Step<K>): Done<K> | undefined {
  const attempt = currentAttempt(task);
  const isDone = (candidate: Attempt): candidate is Attempt & Done<K> =>
    fields.every((field) => candidate[field] !== undefined);
  return attempt && isDone(attempt) ? attempt : undefined;
}
