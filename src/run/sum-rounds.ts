import type { AgentReport, RoundReport } from "../domain/evidence.ts";
import type { Round } from "../domain/task.ts";
import { costOf } from "./judge-round.ts";

/** The agent's report on a whole attempt: the last round's words, the cost and time of all, and each round in short. */
export function sumRounds(rounds: Round[]): AgentReport {
  const last = rounds.at(-1)?.agent;
  if (!last) throw new Error("an attempt without a round has no report");
  const passedOver = rounds.flatMap(({ agent }) => agent.passedOver ?? []);
  return {
    ...last,
    ...(passedOver.length > 0 && { passedOver }),
    costUsd: costOf(rounds),
    durationMs: rounds.reduce((sum, { agent }) => sum + agent.durationMs, 0),
    rounds: rounds.map(short),
  };
}

function short({ agent, change, validation }: Round): RoundReport {
  const { name, costUsd, durationMs } = agent;
  return { agent: name, costUsd, durationMs, tree: change.tree, validation: shortExit(validation) };
}

function shortExit(validation: Round["validation"]): RoundReport["validation"] {
  if (!validation) return null;
  const { exitCode, signal, endedBy, durationMs } = validation.exit;
  return { exitCode, signal, endedBy, durationMs };
}
