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
  order: { worktree },
  program,
}: {
  setup: AgentSetup;
  order: Pick<AgentOrder, "worktree">;
  program: { argv: string[]; readable: string[]; environment?: Record<string, string> };
}): Confined {
  return {
    argv: program.argv,
    directory: worktree.directory,
    writable: [worktree.directory, worktree.home],
    readable: [...new Set([...program.readable, ...setup.readable, ...worktree.readable])],
    environment: { ...setup.environment, ...program.environment, HOME: worktree.home },
    // What a dependency has installed must not take the place of the agent's own programs.
    installed: "last",
    network: setup.network,
  };
}
