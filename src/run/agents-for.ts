import type { Policy } from "../domain/rules/policy.ts";
import type { Brief } from "../domain/task/brief.ts";

/** The agents of a task by name, the first first: the brief's one, else the repository's order; none: the operator's. */
export function agentsFor(brief: Pick<Brief, "agent">, { agents }: Pick<Policy, "agents">): string[] {
  return brief.agent === undefined ? agents.order : [brief.agent];
}
