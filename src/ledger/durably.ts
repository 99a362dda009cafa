import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import { refusePoison } from "../domain/task/crashes.ts";
import { historyFacts } from "../domain/task/facts-of.ts";
import { assertHeld, noting, withAttempt } from "../domain/task/lease.ts";
import { type Attempt, currentAttempt, type Task } from "../domain/task/task.ts";
import { type Claim, claimedTask } from "./claim.ts";

/** A durable step: its name, and the fields of the attempt that are its result. */
export type DurableStep<K extends keyof Attempt> = { name: string; fields: readonly K[] };

/** The result of a step: every one of its fields. */
export type Done<K extends keyof Attempt> = { [F in K]-?: NonNullable<Attempt[F]> };

/** A durable step whose result is found in an attempt, and kept in it, in a way of its own. */
export type OwnStep<T> = {
  name: string;
  known(attempt: Attempt): T | undefined;
  kept(result: T, attempt: Attempt): Partial<Attempt>;
};

/** Thrown where a claim ends because this process is to stop; the job is taken up again behind the last durable step. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";
}

/** Runs one step of an attempt once, whose result are whole fields of the attempt. */
export function durably<K extends keyof Attempt>(
  claim: Claim,
  { name, fields }: DurableStep<K>,
  act: (task: AcceptedTask) => Promise<Done<K>>,
): Promise<Done<K>> {
  const isDone = (attempt: Attempt): attempt is Attempt & Done<K> =>
    fields.every((field) => attempt[field] !== undefined);
  const known = (attempt: Attempt): Done<K> | undefined => (isDone(attempt) ? attempt : undefined);
  return once(claim, { name, known, kept: (result): Partial<Attempt> => result }, act);
}

/**
 * Runs one step of an attempt once: not at all if the ledger already has its result; else the lease is compared, the
 * step acts, and its result is written down together with a line of history.
 */
export async function once<T>(
  claim: Claim,
  step: OwnStep<T>,
  act: (task: AcceptedTask) => Promise<T>,
): Promise<T> {
  const { ports, lease } = claim;
  const task = await claimedTask(claim);
  const known = step.known(presentAttempt(task));
  if (known !== undefined) return known;
  if (!claim.isEnding) refusePoison(task, step.name);
  const begun = { task: lease.id, attempt: lease.attempt, fence: lease.fence, step: step.name };
  const began = ports.clock.now().getTime();
  ports.events.tell({ kind: "step begun", ...begun });
  const result = await act(task);
  if (claim.stop.aborted) throw new Interrupted(`stopped during the step "${step.name}"`);
  const crashes = { isInHand: true, count: 0 };
  await writeDown(claim, { what: step.name, crashes }, (present) => step.kept(result, present));
  ports.events.tell({ kind: "step done", ...begun, durationMs: ports.clock.now().getTime() - began });
  return result;
}

/** Writes what the present attempt has come to, with a line of history, while the lease holds. */
export async function writeDown(
  { ports, lease }: Claim,
  { what, ...more }: { what: string } & Pick<Partial<Task>, "crashes">,
  fields: (attempt: Attempt) => Partial<Attempt>,
): Promise<void> {
  const at = ports.clock.now().toISOString();
  await ports.tasks.change(lease.id, (task) => {
    assertHeld(task, lease);
    const attempt = currentAttempt(task);
    const result = attempt ? fields(attempt) : {};
    const details = { attempt: lease.attempt, ...historyFacts(result) };
    return noting(withAttempt(task, result), more, { at, what, details });
  });
}
