import type { Base } from "../domain/change.ts";
import type { Measurement } from "../domain/evidence.ts";
import { limitsFor } from "../domain/policy.ts";
import { currentAttempt, type Round, type Task } from "../domain/task.ts";
import type { Ports } from "../ports.ts";
import { mayRepair } from "../run/judge-round.ts";
import { sumRounds } from "../run/sum-rounds.ts";
import { work } from "../run/work.ts";
import { isGreen } from "../verify/check-validation.ts";
import { measure } from "../verify/measure.ts";
import { type Done, type OwnStep, once, writeDown } from "./durably.ts";
import { heldTask, type Turn } from "./turn.ts";

/**
 * The agent works, what it left is validated, and while that is red and something of the budget is left the output goes
 * back to the same agent. Each round and each validation is a durable step.
 */
export async function workInRounds(turn: Turn, base: Base, index = 0): Promise<Done<"agent" | "change">> {
  const { ports, signal } = turn;
  const opened: Parameters<typeof work>[1]["opened"] = (session) =>
    writeDown(turn, "conversation opened", () => ({ session }));
  const { change } = await once(turn, roundOf(index), (task) => work(task, { base, opened, signal }, ports));
  if (await isWorthRepair(turn, index)) {
    const subject = { change, tree: change.tree, name: "validation" } as const;
    const validation = await once(turn, validationOf(index), (task) =>
      measure(task, { subject, signal }, ports),
    );
    if (isGreen(validation) === false) return workInRounds(turn, base, index + 1);
  }
  return { agent: sumRounds(roundsOf(await heldTask(turn))), change };
}

async function isWorthRepair(turn: Turn, index: number): Promise<boolean> {
  const task = await heldTask(turn);
  const rounds = roundsOf(task).slice(0, index + 1);
  return task.cancel === undefined && mayRepair(rounds, await limitsOf(task, turn.ports));
}

async function limitsOf(task: Task, ports: Ports) {
  return limitsFor(task.brief?.brief ?? { budget: {} }, await ports.policies.of(task.repository));
}

function roundsOf(task: Task): Round[] {
  return currentAttempt(task)?.rounds ?? [];
}

function roundOf(index: number): OwnStep<Round> {
  return {
    name: index === 0 ? "worked" : `repair ${index}`,
    known: ({ rounds }) => rounds?.[index],
    kept: (round, { rounds = [] }) => ({ rounds: [...rounds, round] }),
  };
}

function validationOf(index: number): OwnStep<Measurement> {
  return {
    name: index === 0 ? "validated" : `validated repair ${index}`,
    known: ({ rounds }) => rounds?.[index]?.validation,
    kept: (validation, { rounds = [] }) => ({
      rounds: rounds.map((round, at) => (at === index ? { ...round, validation } : round)),
    }),
  };
}
