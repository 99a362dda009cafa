import { type FailureNote, failureNote, failures } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import { awaitsQuestions, Fenced } from "../domain/task/lease.ts";
import { isEnded } from "../domain/task/state.ts";
import { Interrupted } from "../ledger/durably.ts";
import { ask, leaveUnasked } from "../pipeline/ask.ts";
import { attempt } from "../pipeline/attempt.ts";
import { giveUp } from "../pipeline/give-up.ts";
import { postpone } from "../pipeline/postpone.ts";
import { leaveUnmeasured, remeasure } from "../pipeline/remeasure.ts";
import { schedule } from "../pipeline/schedule.ts";
import { tidyUp } from "../pipeline/tidy-up.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";

type JobRecipe<K extends Job["kind"]> = {
  begin(job: Extract<Job, { kind: K }>, ports: Ports, context: JobContext): Promise<void>;
  /** Says why it waits, before it is tried again. */
  postpone(order: { job: Job; failure: FailureNote }, ports: Ports): Promise<void>;
  giveUp(
    job: Extract<Job, { kind: K }>,
    failure: FailureNote,
    at: { ports: Ports; context: JobContext },
  ): Promise<void>;
};

/** The job table: what each job leads to, and what becomes of it where it cannot go on. */
const recipes: { [K in Job["kind"]]: JobRecipe<K> } = {
  attempt: {
    begin: attempt,
    postpone,
    giveUp: (job, failure, { ports, context }) => giveUp({ job, failure }, ports, context),
  },
  questions: {
    begin: ask,
    postpone: async () => undefined,
    giveUp: (job, failure, { ports, context }) => leaveUnasked({ job, failure }, ports, context),
  },
  measure: {
    begin: remeasure,
    postpone: async () => undefined,
    giveUp: (job, failure, { ports }) => leaveUnmeasured(job, failure, ports),
  },
};

/**
 * Hands one job to its recipe, which holds to the rules that it began with; here, and only here, what it throws becomes
 * the next move.
 */
export async function handleJob<K extends Job["kind"]>(
  job: Extract<Job, { kind: K }>,
  context: JobContext,
  world: Ports,
): Promise<void> {
  const ports = { ...world, policies: world.policies.once() };
  const recipe: JobRecipe<K> = recipes[job.kind as K];
  try {
    await recipe.begin(job, ports, context);
  } catch (thrown) {
    if (thrown instanceof Fenced) return letGo(job, ports);
    const failure = failureNote(thrown);
    ports.events.tell({ kind: "attempt interrupted", job, failure, tries: context.tries, err: thrown });
    if (thrown instanceof Interrupted || context.signal.aborted) throw thrown;
    if (failures[failure.kind].again && !context.last) {
      await recipe.postpone({ job, failure }, ports);
      throw thrown;
    }
    await recipe.giveUp(job, failure, { ports, context });
  } finally {
    // The rules that the job began with are of its own time; who is let go now is by those of today.
    await schedule({ ...world, policies: world.policies.once() });
  }
}

/** A worker that lost its attempt leaves the worktree to the one who has it, unless nobody has. */
async function letGo(job: Job, ports: Ports): Promise<void> {
  ports.log.info({ job }, "attempt taken over");
  const task = await ports.tasks.read(job.task);
  const isLeft = !task || isEnded(task.state) || (job.kind === "questions" && !awaitsQuestions(task));
  if (isLeft) await tidyUp(job, ports);
}
