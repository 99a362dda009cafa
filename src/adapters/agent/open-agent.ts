import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import type { Agent, Confined, Sandbox } from "../../ports/workshop.ts";
import type { Log } from "../../ports.ts";
import type { Gauge } from "../proxy/model-use.ts";
import { acpAgent } from "./acp-agent.ts";
import { type AgentSetup, type Patience, usualPatience } from "./agent-setup.ts";
import { execAgent } from "./exec-agent.ts";
import { locateProgram, ProgramMissing } from "./locate-program.ts";
import { mergeSettings } from "./merge-settings.ts";
import { type AgentCommand, parseAgentCommand } from "./parse-agent-command.ts";
import { type Preset, presetOf } from "./presets.ts";
import { type OpenedModel, proxiedAgent } from "./proxied-agent.ts";
import { splitWords } from "./split-words.ts";

/** An agent as the operator configures it; `reportsCost` says that it tells what it spent. */
export type AgentChoice = {
  /** The name of a preset, a command line that speaks ACP, or `exec:` and a command line. */
  command: string;
  environment: Record<string, string>;
  network: Confined["network"];
  reportsCost?: boolean | undefined;
  /** Where its model is reached over a proxy of ours. */
  model?: OpenedModel;
};

/** What does the work of one agent. */
export type Worker = Pick<Agent, "work">;

/** An agent that can be chosen, and whether its cost can be told; `find` rejects where its program is not there. */
export type OpenedAgent = { agent: Worker; find(): Promise<void>; reportsCost: boolean };

type Workplace = Pick<AgentSetup, "sandbox" | "clock" | "readable"> & {
  patience?: Patience;
  proxies?: NetworkProxies;
  log: Log;
};

/** The agent of one name; throws an `agent-unavailable` failure where its command is none. */
export function openAgent(
  { name, ...choice }: AgentChoice & { name: string },
  { patience = usualPatience, proxies, log, ...place }: Workplace,
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
  const open = (sandbox: Sandbox, gauge?: Gauge) =>
    parsed.kind === "exec"
      ? execAgent({ ...setup, sandbox, gauge }, parsed.line)
      : acpAgent({ ...setup, sandbox, gauge }, parsed.argv);
  const model = modelOf(choice, preset?.model);
  const worker = model
    ? proxiedAgent({ model, sandbox: place.sandbox, proxies, log }, open)
    : open(place.sandbox);
  const agent = choice.network === "host" ? worker : tellingRegistries(worker);
  const isPriced = model !== undefined && Object.keys(model.prices).length > 0;
  const reportsCost = choice.reportsCost ?? (preset?.reportsCost || isPriced);
  const look = () => checkProgram(parsed, setup.environment.PATH);
  if (!preset) return { agent, find: look, reportsCost };
  const install = naming(preset.install);
  return {
    agent: { work: (...order) => install(() => agent.work(...order)) },
    find: () => install(look),
    reportsCost,
  };
}

/** What the agent could read is a fact of its sandbox, and no word of its own. */
function tellingRegistries(agent: Worker): Worker {
  return {
    work: async (order, signal) => {
      const report = await agent.work(order, signal);
      return order.registries ? { ...report, registries: order.registries.hosts } : report;
    },
  };
}

/** A preset knows its own way of being told where its model is, unless the operator's entry says another. */
function modelOf(
  { model, environment }: AgentChoice,
  known: Preset["model"] | undefined,
): OpenedModel | undefined {
  if (!model || !known || model.baseUrlVariable !== undefined || model.provider !== known.provider)
    return model;
  const at = (address: string): Record<string, string> => mergeSettings(environment, known.at(address));
  return { ...model, at, keyVariable: model.keyVariable ?? known.key };
}

/** Adds how an agent is installed to the failure that says that it is not there. */
function naming(install: string): <T>(act: () => Promise<T>) => Promise<T> {
  return async (act) => {
    try {
      return await act();
    } catch (thrown) {
      throw thrown instanceof ProgramMissing
        ? new ProgramMissing(thrown.program, `. Install it: ${install}`)
        : thrown;
    }
  };
}

async function checkProgram(command: AgentCommand, searchPath: string | undefined): Promise<void> {
  const name = programOf(command);
  if (name !== undefined) await locateProgram([name], searchPath);
}

/** The program of a command; a shell's line may begin with anything: undefined unless it plainly begins with a program. */
export function programOf(command: AgentCommand): string | undefined {
  const [name = ""] = command.kind === "acp" ? command.argv : splitWords(command.line);
  const isProgram = command.kind === "acp" || (/^[\w./+-]+$/.test(name) && !ofShell.has(name));
  return isProgram ? name : undefined;
}

/** What a shell does itself, or reads as grammar (POSIX, sections 2.4 and 2.14). */
const ofShell = new Set(
  ". break case cd command continue eval exec exit export for function if read return set shift source times trap type ulimit umask unset until wait while".split(
    " ",
  ),
);
