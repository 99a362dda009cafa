import type { HoldRule } from "../situation.ts";

/**
 * A day is one of UTC. What still runs may cost all that it is allowed, which is set aside until its end; so only the last
 * attempt of a day can exceed the bound, by no more than its own.
 */
export const dailyBudget: HoldRule<"daily-budget"> = (_, { rules, now }) => {
  const { dailyUsd, spentUsd, reservedUsd } = rules;
  if (dailyUsd === undefined || spentUsd + reservedUsd < dailyUsd) return undefined;
  return { kind: "daily-budget", limitUsd: dailyUsd, until: nextMidnight(now).toISOString() };
};

function nextMidnight(now: Date): Date {
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1));
}
