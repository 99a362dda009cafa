import type { Limits } from "../domain/limits.ts";
import type { Leg } from "../domain/task.ts";

/** A minute in milliseconds. */
const minute = 60_000;

/** A leg that could not do anything in less: starting an agent and reading the output takes seconds. */
const leastMs = 10_000;

/** What an attempt has left of its time and its money after the legs so far; null where a cost is not known. */
export function leftOf(legs: Leg[], { minutes, usd }: Limits): { ms: number; usd: number | null } {
  const spent = costOf(legs);
  const worked = legs.reduce((sum, { agent }) => sum + agent.durationMs, 0);
  return {
    ms: Math.max(0, minutes * minute - worked),
    usd: spent === null ? null : Math.max(0, usd - spent),
  };
}

/** What the legs cost together; null unless every one of them was reported. */
export function costOf(legs: Leg[]): number | null {
  return legs.reduce<number | null>(
    (sum, { agent }) => (sum === null || agent.costUsd === null ? null : sum + agent.costUsd),
    0,
  );
}

/**
 * Whether a red validation of the last leg could go back to the agent: only where the agent came to an end of its
 * own, changed something that can be published, is not out of repairs, time or money, and did not leave the tree as
 * the leg before had it.
 */
export function mayRepair(legs: Leg[], limits: Limits): boolean {
  const last = legs.at(-1);
  if (!last || legs.length > limits.repairs || last.agent.outcome !== "finished") return false;
  const { change } = last;
  const isIdle = change.tree === (legs.at(-2)?.change.tree ?? change.base.tree);
  const left = leftOf(legs, limits);
  return !isIdle && change.unpublishable.length === 0 && left.ms >= leastMs && left.usd !== 0;
}
