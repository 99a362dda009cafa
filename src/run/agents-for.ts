import type { Policy } from "../domain/rules/policy.ts";
import type { Brief } from "../domain/task/brief.ts";

/**
 * The names of a task's agents in the order in which they are tried: the one of the brief, else those of the repository.
 * Where the list is empty, the operator's agent is taken.
 */
export function agentsFor(brief: Pick<Brief, "agent">, { agents }: Pick<Policy, "agents">): string[] {
  return brief.agent === undefined ? agents.order : [brief.agent];
}
