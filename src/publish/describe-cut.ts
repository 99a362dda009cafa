import { boundLimits } from "../domain/evidence/bound.ts";
import type { AgentReport } from "../domain/evidence/evidence.ts";
import { escapeMarkdown } from "../domain/text/escape-markdown.ts";

/** That an agent did not end by itself, why, and which limit sets that; undefined where it did. */
export function describeCut({ outcome, cause, bound }: AgentReport): string | undefined {
  if (outcome === "finished") return undefined;
  const limit = bound ? ` (the setting \`limits.${boundLimits[bound]}\`)` : "";
  return `The agent was stopped before it was done: ${escapeMarkdown(cause)}${limit}.`;
}
