import { failureNote, failures } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import { awaitsQuestions, Fenced } from "../domain/task/lease.ts";
import { isEnded } from "../domain/task/state.ts";
import { ask, leaveUnasked } from "../pipeline/ask.ts";
import { attempt } from "../pipeline/attempt.ts";
import { Interrupted } from "../pipeline/durably.ts";
import { giveUp } from "../pipeline/give-up.ts";
import { postpone } from "../pipeline/postpone.ts";
import { tidyUp } from "../pipeline/tidy-up.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";

/** The job table. */
const recipes = { attempt, questions: ask } satisfies Record<Job["kind"], typeof attempt>;

/** What ends a job that cannot go on. */
const endings = { attempt: giveUp, questions: leaveUnasked } satisfies Record<Job["kind"], typeof giveUp>;

/**
 * Hands one job to its recipe, which holds to the rules that it began with; here, and only here, what it throws becomes
 * the next move.
 */
export async function handleJob(job: Job, context: JobContext, world: Ports): Promise<void> {
  const ports = { ...world, policies: world.policies.once() };
  try {
    await recipes[job.kind](job, ports, context);
  } catch (thrown) {
    if (thrown instanceof Fenced) return letGo(job, ports);
    const failure = failureNote(thrown);
    ports.log.warn({ job, failure, tries: context.tries, err: thrown }, "attempt interrupted");
    if (thrown instanceof Interrupted || context.signal.aborted) throw thrown;
    if (failures[failure.kind].again && !context.last) {
      if (job.kind === "attempt") await postpone({ job, failure }, ports);
      throw thrown;
    }
    await endings[job.kind]({ job, failure }, ports, context);
  }
}

/** A worker that lost its attempt leaves the worktree to the one who has it, unless nobody has. */
async function letGo(job: Job, ports: Ports): Promise<void> {
  ports.log.info({ job }, "attempt taken over");
  const task = await ports.tasks.read(job.task);
  const isLeft = !task || isEnded(task.state) || (job.kind === "questions" && !awaitsQuestions(task));
  if (isLeft) await tidyUp(job, ports);
}
