import type { AgentReport } from "../domain/evidence.ts";

/** An attempt's cost; what nobody reported is never shown as nothing. */
export function renderCost(agent: AgentReport | undefined): string {
  return agent?.costUsd == null ? "not reported" : `$${agent.costUsd.toFixed(2)}`;
}

/** An agent's working time in seconds, with a decimal where that says something. */
export function renderSeconds(agent: AgentReport | undefined): string {
  if (!agent) return "";
  const seconds = agent.durationMs / 1000;
  return seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
}
