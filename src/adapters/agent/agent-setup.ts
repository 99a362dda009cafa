import { offlineSwitches } from "../../domain/host/offline-switches.ts";
import type { Registries } from "../../domain/host/registries.ts";
import type { AgentOrder, Confined, Sandbox } from "../../ports/workshop.ts";
import type { Clock } from "../../ports.ts";
import type { Gauge } from "../proxy/model-use.ts";

/**
 * What is peculiar to an agent that speaks ACP: how it logs in, the mode in which it is to work, and the last words of
 * one that ends its turn as if all were well when its model is out of quota or capacity.
 */
export type Manners = { logIn?: string; mode?: string; lament?: RegExp };

/** What every agent is run with: the environment is all that it gets, `readable` is beside its own program. */
export type AgentSetup = {
  /** The name by which it was chosen. */
  name: string;
  manners: Manners;
  environment: Record<string, string>;
  network: Confined["network"];
  sandbox: Sandbox;
  clock: Clock;
  readable: string[];
  patience: Patience;
  /** Tells what its model is used for, where that goes over a proxy of ours. */
  gauge?: Gauge | undefined;
};

/** How long an agent is waited for, in milliseconds: for each answer before the prompt, and after a cancel. */
export type Patience = { startMs: number; graceMs: number };

/** Some agents start a second program before they answer; and a cancel has 10 s in all (SPEC section 10). */
export const usualPatience: Patience = { startMs: 30_000, graceMs: 3_000 };

/** The sandbox's order for a program that works in a worktree, with the home of the attempt as its own. */
export function confine({
  setup,
  order: { worktree, registries },
  program,
}: {
  setup: AgentSetup;
  order: Pick<AgentOrder, "worktree" | "registries">;
  program: { argv: string[]; readable: string[]; environment?: Record<string, string> };
}): Confined {
  return {
    argv: program.argv,
    directory: worktree.directory,
    writable: [worktree.directory, worktree.home],
    readable: [...new Set([...program.readable, ...setup.readable, ...worktree.readable])],
    environment: {
      ...waysTold(setup, registries),
      ...setup.environment,
      ...program.environment,
      HOME: worktree.home,
    },
    // What a dependency has installed must not take the place of the agent's own programs.
    ...{ installed: "last", programs: worktree.programs ?? [] },
    network: setup.network,
    ...(registries && setup.network !== "host" && { reads: registries.hosts }),
  };
}

/** Without any way out the tools of the agent are told so, and one that wants the network fails at once. */
function waysTold({ network }: AgentSetup, registries: Registries | undefined): Record<string, string> {
  if (network === "host") return {};
  if (registries) return { ...registries.environment, ...unasked };
  return network === "none" ? offlineSwitches("") : {};
}

/** What npm would send by itself beside its reading. */
const unasked = { npm_config_audit: "false", npm_config_update_notifier: "false" };
