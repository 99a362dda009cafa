import type { Base } from "../domain/evidence/change.ts";
import type { Measurement } from "../domain/evidence/evidence.ts";
import { limitsFor } from "../domain/rules/policy.ts";
import { type AcceptedTask, presentAttempt } from "../domain/task/accepted-task.ts";
import type { Leg } from "../domain/task/task.ts";
import { type Claim, claimedTask } from "../ledger/claim.ts";
import { type Done, type OwnStep, once, writeDown } from "../ledger/durably.ts";
import type { Ports } from "../ports.ts";
import { measure } from "../proof/run/measure.ts";
import { isGreen } from "../proof/run/outcome-of.ts";
import { mayRepair } from "../run/judge-leg.ts";
import { setUp } from "../run/set-up.ts";
import { sumLegs } from "../run/sum-legs.ts";
import { trimChange } from "../run/trim.ts";
import { work } from "../run/work.ts";

/**
 * The agent works, what would be published of it is validated, and while that is red and something of the budget is left
 * the output goes back to the same agent. Each leg and each validation is a durable step.
 */
export async function workInLegs(claim: Claim, base: Base, index = 0): Promise<Done<"agent" | "change">> {
  const { ports, signal } = claim;
  const opened: Parameters<typeof work>[1]["opened"] = (session) =>
    writeDown(claim, { what: "conversation opened" }, () => ({ session }));
  const leg = await once(claim, legOf(index), async (task) => {
    const prepared = await setUp(task, { base, signal }, ports);
    return work(task, { base, prepared, opened, signal }, ports);
  });
  const { change } = leg;
  if (await isWorthRepair(claim, index)) {
    const validation = await once(claim, validatedStep(index), async (task) => {
      const left = await trimChange(task, change, ports);
      const subject = { change: left, tree: left.tree, name: logName(index) };
      return measure(
        task,
        { subject, limits: { signal, remainingMs: () => Number.POSITIVE_INFINITY } },
        ports,
      );
    });
    if (isGreen(validation) === false) return workInLegs(claim, base, index + 1);
  }
  const legs = legsOf(await claimedTask(claim));
  return { agent: sumLegs(legs.slice(0, index), legs[index] ?? leg), change };
}

/** Each log has a name of its own: none is written over. */
function logName(index: number): string {
  return index === 0 ? "validation" : `validation-repair-${index}`;
}

async function isWorthRepair(claim: Claim, index: number): Promise<boolean> {
  const task = await claimedTask(claim);
  const legs = legsOf(task).slice(0, index + 1);
  return task.cancel === undefined && mayRepair(legs, await limitsOf(task, claim.ports));
}

async function limitsOf(task: AcceptedTask, ports: Pick<Ports, "policies">) {
  return limitsFor(task.brief.brief, await ports.policies.of(task.repository));
}

function legsOf(task: AcceptedTask): Leg[] {
  return presentAttempt(task).legs ?? [];
}

function legOf(index: number): OwnStep<Leg> {
  return {
    name: index === 0 ? "worked" : `repair ${index}`,
    known: ({ legs }) => legs?.[index],
    kept: (leg, { legs = [] }) => ({ legs: [...legs, leg] }),
  };
}

function validatedStep(index: number): OwnStep<Measurement> {
  return {
    name: index === 0 ? "validated" : `validated repair ${index}`,
    known: ({ legs }) => legs?.[index]?.validation,
    kept: (validation, { legs = [] }) => ({
      legs: legs.map((leg, at) => (at === index ? { ...leg, validation } : leg)),
    }),
  };
}
