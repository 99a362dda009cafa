import type { Mutants } from "../domain/evidence/questions.ts";
import { presentAttempt } from "../domain/task/accepted-task.ts";
import type { FailureNote } from "../domain/task/failure.ts";
import type { Job } from "../domain/task/job.ts";
import type { Attempt } from "../domain/task/task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import { type Claim, claimedTask, withClaim } from "../ledger/claim.ts";
import { type OwnStep, once } from "../ledger/durably.ts";
import type { JobContext } from "../ports/store.ts";
import type { Ports } from "../ports.ts";
import { keepQuestions } from "../proof/keep-questions.ts";
import { measureMutant, readMutants, timeLeft } from "../proof/measure-mutant.ts";
import { showQuestions } from "../publish/show-questions.ts";
import { tidyUp } from "./tidy-up.ts";

/**
 * A published change → questions to its reviewer: changed lines that can be broken without a test noticing. The pull request
 * is there already. Each answer is a durable step; a correction, a closed pull request or another worker ends it.
 */
export async function ask(job: Job, ports: Ports, context: JobContext): Promise<void> {
  await withClaim(job, { ports, context, tidyUp }, async (claim) => {
    const mutants = await readMutants(await claimedTask(claim), ports);
    await end(claim, { job, why: await askFrom(claim, mutants, 0) });
  });
}

/** Ends questions that cannot be asked: what was found until then is told, and why there is no more. */
export async function leaveUnasked(
  { job, failure }: { job: Job; failure: FailureNote },
  ports: Ports,
  context: JobContext,
): Promise<void> {
  await withClaim(job, { ports, context, tidyUp, isEnding: true }, (claim) =>
    end(claim, { job, why: failure.cause }),
  );
}

/** Asks one after the other; resolves to why there are no more, and to `""` where all were asked. */
async function askFrom(claim: Claim, all: Mutants, index: number): Promise<string> {
  const { ports, signal } = claim;
  const task = await claimedTask(claim);
  const { change, asking } = presentAttempt(task);
  const mutant = all.mutants[index];
  if (!mutant || !change) return "";
  const left = await timeLeft(task, { usualMs: all.usualMs, asked: asking?.asked ?? [] }, ports);
  if (left.why !== "") return left.why;
  const order = { change, mutant, nth: index + 1, usualMs: all.usualMs, ...left, signal };
  await once(claim, questionStep(index), (present) => measureMutant(present, order, ports));
  return askFrom(claim, all, index + 1);
}

type Answers = NonNullable<Attempt["asking"]>;

function questionStep(index: number): OwnStep<Answers["asked"][number]> {
  return {
    name: `asked ${index + 1}`,
    known: ({ asking }) => asking?.asked[index],
    kept: (question, attempt) => ({
      asking: { ...answersSoFar(attempt), asked: [...answersSoFar(attempt).asked, question] },
    }),
  };
}

function answersSoFar({ asking, evidence }: Attempt): Answers {
  return asking ?? { planned: evidence?.mutants ?? 1, asked: [] };
}

async function end(claim: Claim, { job, why }: { job: Job; why: string }): Promise<void> {
  const { ports, lease } = claim;
  const ended: OwnStep<NonNullable<Answers["ended"]>> = {
    name: "questions kept",
    known: ({ asking }) => asking?.ended,
    kept: (result, attempt) => ({ asking: { ...answersSoFar(attempt), ended: result } }),
  };
  await once(claim, ended, (task) => keepQuestions(task, why, ports));
  const shown: OwnStep<string> = {
    name: "questions shown",
    known: ({ asking }) => asking?.shownAt,
    kept: (shownAt, attempt) => ({ asking: { ...answersSoFar(attempt), shownAt } }),
  };
  await once(claim, shown, () =>
    ports.locks.exclusively(issueKey(lease.id), async () => showQuestions(await claimedTask(claim), ports)),
  );
  await tidyUp(job, ports);
  ports.events.tell({ kind: "questions asked", task: lease.id, attempt: lease.attempt });
}
