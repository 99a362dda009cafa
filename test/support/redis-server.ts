import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { temporaryDirectory } from "./temporary-directory.ts";

/** A real Redis on a Unix socket in a directory of its own. Its files outlive `kill`, so that it can start again. */
export type RedisServer = {
  url: string;
  directory: string;
  start(): Promise<void>;
  /** Sends one command, as an operator would. */
  command(...words: string[]): Promise<string>;
  kill(signal: NodeJS.Signals): Promise<void>;
  pause(): void;
  resume(): void;
  remove(): Promise<void>;
};

const execute = promisify(execFile);

type Settings = Record<string, string>;

const durable: Settings = { appendonly: "yes", appendfsync: "always", "maxmemory-policy": "noeviction" };

/** Starts a Redis that keeps every acknowledged write, unless `settings` say otherwise; with a port, on that as well. */
export async function redisServer(settings: Settings = {}): Promise<RedisServer> {
  const { directory, remove } = await temporaryDirectory();
  const socket = join(directory, "redis.sock");
  const all: Settings = { port: "0", unixsocket: socket, dir: directory, save: "", ...durable, ...settings };
  let child: ChildProcess;

  const start = async (): Promise<void> => {
    child = await listening(Object.entries(all).flatMap(([name, value]) => [`--${name}`, value]));
  };
  const kill = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGCONT");
    child.kill(signal);
    await once(child, "exit");
  };
  await start();
  return {
    url: settings.port ? `redis://127.0.0.1:${settings.port}` : socket,
    directory,
    start,
    kill,
    command: async (...words) => (await execute("redis-cli", ["-s", socket, ...words])).stdout.trim(),
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    async remove() {
      await kill("SIGKILL");
      await remove();
    },
  };
}

async function listening(args: string[]): Promise<ChildProcess> {
  const child = spawn("redis-server", args, { stdio: ["ignore", "pipe", "inherit"] });
  const missing = once(child, "error").then(() => {
    throw new Error("redis-server is missing. Install it with: apt-get install -y redis-server");
  });
  missing.catch(() => undefined);
  const ready = (async () => {
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.includes("eady to accept connections")) return;
    }
    throw new Error(`redis-server ended before it was ready: ${args.join(" ")}`);
  })();
  await Promise.race([ready, missing]);
  child.stdout.resume();
  return child;
}
