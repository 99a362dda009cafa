import { Failure } from "../../domain/task/failure.ts";
import type { Agent } from "../../ports/workshop.ts";
import { chooseAgent } from "./choose-agent.ts";
import { type AgentChoice, openAgent } from "./open-agent.ts";

/** All agents of the operator's as one, chosen by name; `usual` work where nobody names another. */
export function openAgents(
  { known, usual }: { known: Record<string, AgentChoice>; usual: string[] },
  place: Parameters<typeof openAgent>[1],
): Agent {
  const opened = Object.entries(known).map(
    ([name, choice]) => [name, openAgent({ name, ...choice }, place)] as const,
  );
  return opened.length > 0 ? chooseAgent(new Map(opened), usual) : absentAgent;
}

/** Stands where no agent is configured: a web process needs none, and must never be asked for its work. */
const absentAgent: Agent = { find: noDefaultAgent, work: noDefaultAgent };

async function noDefaultAgent(): Promise<never> {
  throw new Failure("agent-unavailable", "AGENT is not set in this process.");
}
