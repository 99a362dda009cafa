import { Failure } from "../../domain/failure.ts";
import type { Agent, Confined } from "../../ports/workshop.ts";
import { acpAgent } from "./acp-agent.ts";
import { type AgentSetup, type Patience, usualPatience } from "./agent-setup.ts";
import { execAgent } from "./exec-agent.ts";
import { parseAgentCommand } from "./parse-agent-command.ts";
import { presetOf } from "./presets.ts";

/** An agent as the operator configures it; `reportsCost` says that it tells what it spent. */
export type AgentChoice = {
  /** The name of a preset, a command line that speaks ACP, or `exec:` and a command line. */
  command: string;
  environment: Record<string, string>;
  network: Confined["network"];
  reportsCost?: boolean | undefined;
};

/** An agent that can be chosen, and whether its cost can be told. */
export type OpenedAgent = { agent: Agent; reportsCost: boolean };

type Workplace = Pick<AgentSetup, "sandbox" | "clock" | "readable"> & { patience?: Patience };

/** The agent of one name; throws an `agent-unavailable` failure where its command is none. */
export function openAgent(
  { name, ...choice }: AgentChoice & { name: string },
  { patience = usualPatience, ...place }: Workplace,
): OpenedAgent {
  const preset = presetOf(choice.command.trim());
  const setup: AgentSetup = {
    ...place,
    name,
    patience,
    manners: preset?.manners ?? {},
    environment: { ...preset?.environment, ...choice.environment },
    network: choice.network,
  };
  const parsed = parseAgentCommand(preset?.command ?? choice.command);
  const agent = parsed.kind === "exec" ? execAgent(setup, parsed.line) : acpAgent(setup, parsed.argv);
  const reportsCost = choice.reportsCost ?? preset?.reportsCost ?? false;
  return { agent: preset ? named(agent, preset.install) : agent, reportsCost };
}

/** The same agent, whose absence is told together with how it is installed. */
function named(agent: Agent, install: string): Agent {
  return {
    work: async (order, signal) => {
      try {
        return await agent.work(order, signal);
      } catch (thrown) {
        if (!(thrown instanceof Failure) || !/ was not found: /.test(thrown.message)) throw thrown;
        throw new Failure(
          thrown.kind,
          `${thrown.message.replace(/: install it.*/, ".")} Install it: ${install}`,
        );
      }
    },
  };
}
