import type { AgentReport } from "../domain/evidence/evidence.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";

/** An attempt's cost; what nobody reported is never shown as nothing. */
export function renderCost(agent: AgentReport | undefined): string {
  return agent?.costUsd == null ? "not reported" : `$${agent.costUsd.toFixed(2)}`;
}

/** The turns of an attempt; what nobody counted is never shown as nothing. */
export function renderTurns(agent: AgentReport | undefined): string {
  return agent?.turns == null ? "not measured" : String(agent.turns);
}

/** How an agent ended, with the limit at which it was stopped where it met one. */
export function renderOutcome({ outcome, bound }: Pick<AgentReport, "outcome" | "bound">): string {
  return bound ? `stopped at its ${bound} limit` : outcome;
}

/** An agent's working time in seconds, with a decimal where that says something. */
export function renderSeconds(agent: AgentReport | undefined): string {
  if (!agent) return "";
  const seconds = agent.durationMs / 1000;
  return seconds < 10 ? seconds.toFixed(1) : String(Math.round(seconds));
}

/** From where the agent could read packages; nothing where it could from nowhere. */
export function renderRegistries({ registries = [] }: Pick<AgentReport, "registries">): string[] {
  if (registries.length === 0) return [];
  const hosts = registries.map(inlineCode).join(", ");
  return [
    `The agent could read the package registries (hosts ${hosts}), since the brief declares dependencies.`,
  ];
}
