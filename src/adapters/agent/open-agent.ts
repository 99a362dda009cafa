import type { Agent } from "../../ports/workshop.ts";
import { acpAgent } from "./acp-agent.ts";
import { type AgentSetup, type Patience, usualPatience } from "./agent-setup.ts";
import { execAgent } from "./exec-agent.ts";
import { parseAgentCommand } from "./parse-agent-command.ts";

/** The agent behind the operator's `AGENT` setting; throws an `agent-unavailable` failure where it names none. */
export function openAgent({
  command,
  patience = usualPatience,
  ...rest
}: Omit<AgentSetup, "patience"> & { command: string; patience?: Patience }): Agent {
  const setup: AgentSetup = { ...rest, patience };
  const parsed = parseAgentCommand(command);
  return parsed.kind === "exec" ? execAgent(setup, parsed.line) : acpAgent(setup, parsed.argv);
}
