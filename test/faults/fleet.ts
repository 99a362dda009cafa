import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Lane } from "../e2e/lane.ts";
import type { ServiceProcess } from "../support/service-process.ts";
import type { Engine } from "./engines.ts";

/** One thing that was killed or frozen, and when, in milliseconds since the beginning. */
export type Strike = { atMs: number; victim: string };

/** A process that was told to end and was started again: how long its end took, and whether that was in order and within the grace. */
export type Restart = { name: string; ms: number; isClean: boolean };

/** The processes of a service, by name; each dies and is started again. */
export type Fleet = {
  names: string[];
  /** The victims of a rolling restart, in their order. */
  restartable: string[];
  restarts: Restart[];
  /** Kills one with -9, or freezes it, and has it back; resolves when it is ready again. */
  strike(victim: string): Promise<void>;
  /** Ends all as an operator would; resolves to how each ended. */
  stop(): Promise<string[]>;
};

/** Three times the lock of a job, in milliseconds: by then another worker has long taken over. */
const frozenMs = 15_000;

/** What a process is given to end in order, in milliseconds. */
export const graceMs = 60_000;

/** A start that meets a dead database ends; an operator's supervisor starts it again. */
const starts = 20;

/** Starts what an engine allows: one process that does all, or a web process and two workers on machines of their own. */
export async function startFleet(lane: Lane, engine: Engine, bucket: Record<string, string>): Promise<Fleet> {
  const roles: Record<string, Record<string, string>> = engine.server
    ? {
        web: { ROLE: "web", AGENT: "" },
        "worker-1": { ROLE: "worker", DATA_DIR: join(lane.dataDir, "machine-1") },
        "worker-2": { ROLE: "worker", DATA_DIR: join(lane.dataDir, "machine-2") },
      }
    : { all: {} };
  const living = new Map<string, ServiceProcess>();
  const restarts: Restart[] = [];
  const begin = async (name: string): Promise<void> => {
    for (let left = starts; ; left--) {
      try {
        return void living.set(name, await lane.start({ ...bucket, ...roles[name] }));
      } catch (error) {
        if (left === 0) throw error;
        await pause(500);
      }
    }
  };
  for (const name of Object.keys(roles)) await begin(name);

  const strike = async (victim: string): Promise<void> => {
    if (victim === "store") {
      await engine.server?.kill();
      return engine.server?.start();
    }
    const [name = victim, how] = victim.split(" ");
    const process = living.get(name);
    if (how === "restarted") {
      const began = performance.now();
      const exit = await process?.kill("SIGTERM");
      const ms = Math.round(performance.now() - began);
      restarts.push({ name, ms, isClean: exit?.code === 0 && ms <= graceMs });
      return begin(name);
    }
    if (how === "frozen") {
      process?.tell("SIGSTOP");
      await pause(frozenMs);
      return process?.tell("SIGCONT");
    }
    await process?.kill("SIGKILL");
    return begin(name);
  };
  const frozen = engine.server ? ["worker-1 frozen"] : [];
  return {
    restarts,
    restartable: [...living.keys()].map((name) => `${name} restarted`),
    names: [...living.keys(), ...(engine.server ? ["store"] : []), ...frozen],
    strike,
    stop: async () => {
      const ends = await Promise.all(
        [...living].map(async ([name, process]) => ({ name, exit: await process.kill("SIGTERM") })),
      );
      return ends
        .filter(({ exit }) => exit.code !== 0)
        .map(({ name, exit }) => `${name} ended with ${JSON.stringify(exit)}`);
    },
  };
}
