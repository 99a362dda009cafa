import type { Base } from "../domain/evidence/change.ts";
import { missingSubmodules } from "../domain/evidence/submodules.ts";
import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import { issueKey } from "../domain/task/task-id.ts";
import type { Trial } from "../domain/task/trial.ts";
import { type Claim, claimedTask } from "../ledger/claim.ts";
import { once, writeDown } from "../ledger/durably.ts";
import type { Ports, Timer } from "../ports.ts";
import { outcomeOf, type Series } from "../proof/run/outcome-of.ts";
import { proofMs } from "../proof/run/proof-limits.ts";
import { describeTrial } from "../proof/try-base.ts";
import { agentsFor } from "../run/agents-for.ts";
import { show } from "./show.ts";
import { tryWithoutGuess } from "./try-without-guess.ts";

/** The part of the proof's time for which an agent waits for the base (SPEC section 7). */
const waitingPart = 1 / 3;

/**
 * Tries the brief's command on the base, then lets the agent work. Where the base takes long the agent begins beside it,
 * and the base is waited for at the end. A command that cannot start rejects before anything is spent.
 */
export async function besideBase<T>(claim: Claim, base: Base, work: () => Promise<T>): Promise<T> {
  const task = await claimedTask(claim);
  const { number, agent, tried } = presentAttempt(task);
  // What a correction begins from was measured when it was proved.
  if (number > 1 || agent || tried) return work();
  await findAgent(task, claim.ports);
  const over = new AbortController();
  const signal = AbortSignal.any([claim.signal, over.signal]);
  const trial = tryWithoutGuess(claim, { base, signal });
  try {
    const inTime = await tellTrial(claim, {
      trial,
      waitMs: (await proofMs(task, claim.ports)) * waitingPart,
    });
    const result = await work();
    if (!inTime) await keepTrial(claim, await trial);
    return result;
  } finally {
    over.abort();
    await trial.catch(() => undefined);
  }
}

/** An agent that is not there is told before set-up and tests have run for it. */
async function findAgent(
  task: AcceptedTask,
  { agent, policies }: Pick<Ports, "policies" | "agent">,
): Promise<void> {
  const policy = await policies.of(task.repository);
  await agent.find(agentsFor(task.brief.brief, policy));
}

/**
 * Writes down what the base came to, and shows on the issue what a person should know while the agent works; false where it
 * was not there in time.
 */
async function tellTrial(claim: Claim, { trial, waitMs }: TrialBeside): Promise<boolean> {
  const { tried } = await once(
    claim,
    { name: "tried", known: (attempt) => attempt.tried && { tried: attempt.tried }, kept: (done) => done },
    async () => ({ tried: trialOf(await withinTime(claim.ports.timer, { trial, waitMs })) }),
  );
  const isRed = tried.line !== "" && outcomeOf(tried) !== "green";
  const task = await claimedTask(claim);
  const isLacking = missingSubmodules(presentAttempt(task).base ?? {}).length > 0;
  if (isRed || isLacking || task.guessed?.failed !== undefined)
    await claim.ports.locks.exclusively(issueKey(claim.lease.id), async (lock) =>
      show(await claimedTask(claim), lock, claim.ports),
    );
  return tried.runs.length > 0;
}

type TrialBeside = { trial: Promise<Series>; waitMs: number };

/** The trial's result, or nothing where it takes longer than an agent should wait. */
function withinTime(timer: Timer, { trial, waitMs }: TrialBeside): Promise<Series | undefined> {
  return new Promise((resolve, reject) => {
    const stop = timer.every(waitMs, async () => resolve(undefined));
    void trial.then(resolve, reject).finally(stop);
  });
}

/** A run that was cut short is no result, and is measured again by the proof. */
function trialOf(series: Series | undefined): Trial {
  return series && outcomeOf(series)
    ? { runs: series.runs, line: describeTrial(series) }
    : { runs: [], line: "" };
}

async function keepTrial(claim: Claim, series: Series): Promise<void> {
  await writeDown(claim, { what: "base measured" }, () => ({ tried: trialOf(series) }));
}
