import type { Limits } from "../domain/rules/limits.ts";
import { minuteMs } from "../domain/rules/minute.ts";
import type { Leg } from "../domain/task/task.ts";

/** A leg that could not do anything in less: starting an agent and reading the output takes seconds. */
const leastMs = 10_000;

/** What an attempt has left after the legs so far; null where a cost is not known. */
type LeftOfAttempt = { ms: number; usd: number | null; turns: { limit: number; used: number } };

/** What an attempt has left of its time, its money and its turns; turns that nobody measured are not held against it. */
export function leftOf(legs: Leg[], { minutes, usd, turns }: Limits): LeftOfAttempt {
  const spent = totalCost(legs);
  const worked = legs.reduce((sum, { agent }) => sum + agent.durationMs, 0);
  return {
    ms: Math.max(0, minutes * minuteMs - worked),
    usd: spent === null ? null : Math.max(0, usd - spent),
    turns: { limit: turns, used: legs.reduce((sum, { agent }) => sum + (agent.turns ?? 0), 0) },
  };
}

/** The turns of the legs together; null unless those of each were measured. */
export function turnsOf(legs: Leg[]): number | null {
  return legs.reduce<number | null>(
    (sum, { agent: { turns = null } }) => (sum === null || turns === null ? null : sum + turns),
    0,
  );
}

/** What the legs cost together; null unless every one of them was reported. */
export function totalCost(legs: Leg[]): number | null {
  return legs.reduce<number | null>(
    (sum, { agent }) => (sum === null || agent.costUsd === null ? null : sum + agent.costUsd),
    0,
  );
}

/**
 * Whether a red validation of the last leg could go back to the agent: only where the agent came to an end of its
 * own, changed something that can be published, is not out of repairs, time, money or turns, and did not leave the tree
 * as the leg before had it.
 */
export function mayRepair(legs: Leg[], limits: Limits): boolean {
  const last = legs.at(-1);
  if (!last || legs.length > limits.repairs || last.agent.outcome !== "finished") return false;
  const { change } = last;
  const isIdle = change.tree === (legs.at(-2)?.change.tree ?? change.base.tree);
  const left = leftOf(legs, limits);
  const isLeft = left.ms >= leastMs && left.usd !== 0 && left.turns.used < left.turns.limit;
  return !isIdle && change.unpublishable.length === 0 && isLeft;
}
