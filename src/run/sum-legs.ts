import type { AgentReport, LegReport } from "../domain/evidence/evidence.ts";
import type { Leg } from "../domain/task/task.ts";
import { totalCost, turnsOf } from "./judge-leg.ts";

/** The agent's report on a whole attempt: the last leg's words, the cost, turns and time of all, and each leg in short. */
export function sumLegs(earlier: Leg[], last: Leg): AgentReport {
  const legs = [...earlier, last];
  const passedOver = legs.flatMap(({ agent }) => agent.passedOver ?? []);
  return {
    ...last.agent,
    ...(passedOver.length > 0 && { passedOver }),
    costUsd: totalCost(legs),
    turns: turnsOf(legs),
    durationMs: legs.reduce((sum, { agent }) => sum + agent.durationMs, 0),
    legs: legs.map(legReport),
  };
}

function legReport({ agent, change, validation }: Leg): LegReport {
  const { name, costUsd, turns = null, durationMs } = agent;
  return { agent: name, costUsd, turns, durationMs, tree: change.tree, validation: shortExit(validation) };
}

function shortExit(validation: Leg["validation"]): LegReport["validation"] {
  if (!validation) return null;
  const { exitCode, signal, endedBy, durationMs } = validation.exit;
  return { exitCode, signal, endedBy, durationMs };
}
