import type { AgentBounds } from "../../ports/workshop.ts";

/**
 * What a model was used for so far: the turns of the whole attempt, the dollars of this leg, and the bound for which the
 * last request was refused, if it was.
 */
export type ModelUse = { turns: number; usd: number; refused: "turns" | "cost" | null };

/** Hands on what a model was used for to whoever watches the work; it is asked at each change. */
export type Gauge = { onUse(listener: (use: ModelUse) => void): void };

/** The share of time, money and turns at which an agent is told to wrap up (SPEC section 7). */
export const nearly = 0.8;

/**
 * What the use of its model means to the work of an agent. All of its turns it may take: the bound is met by the request
 * after the last, and a warning is only for one that has a turn left to hear it.
 */
export function judgeUse(
  { turns, usd, refused }: ModelUse,
  bounds: Pick<AgentBounds, "usd" | "turns">,
): "turns" | "cost" | "nearing" | null {
  if (refused) return refused;
  if (bounds.usd !== null && usd >= bounds.usd) return "cost";
  const isNearCost = bounds.usd !== null && usd >= bounds.usd * nearly;
  // As with time and money it is the share of what the leg began with: a late repair is not told to end at once.
  const { limit, used } = bounds.turns;
  const isNearTurns = turns - used >= (limit - used) * nearly && turns < limit;
  return isNearCost || isNearTurns ? "nearing" : null;
}
