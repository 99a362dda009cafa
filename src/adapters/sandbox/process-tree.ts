import { type ChildProcess, spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { text } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { within } from "../host/within.ts";
import { coverInherited } from "./inherited.ts";
import type { Launch } from "./launch.ts";
import { descendants, groupIsDead, isDead, signalAll } from "./process-table.ts";

/** How long a tree may tidy up after SIGTERM; with what follows it is dead within the 5 s of the specification. */
const graceMs = 2_000;
/** How long the kernel may take to tear down what was killed. */
const tearDownMs = 1_500;
const pollMs = 5;

/** How the first process ended; `error` says why the command never began. */
export type Ended = { exitCode: number | null; signal: string | null; error?: string };

/** A running launch and all processes that come of it. */
export type ProcessTree = {
  child: ChildProcess;
  /** Resolves when the first process has ended and, in namespaces of their own, all others with it. */
  ended: Promise<Ended>;
  /** Kills the whole tree, after it could tidy up, and resolves when it is dead. */
  stop(): Promise<void>;
  /** Kills the whole tree at once: one that holds too much would only take more of it meanwhile. */
  kill(): Promise<void>;
};

/** Starts a launch as a process group of its own, or says why the system refuses it. */
export function startTree(launch: Launch, stdin: "ignore" | "pipe"): ProcessTree | string {
  const child = spawned(launch, stdin);
  if (typeof child === "string") return child;
  for (const [index, content] of launch.feeds?.entries() ?? [])
    feed(child, { descriptor: 4 + index, content });
  if (launch.lifeline) child.stdio[3]?.on("error", () => undefined);
  const ended = launch.feeds ? endOfNamespaces(child) : endOfGroup(child);
  const stoppable = { child, ended, namespaced: launch.feeds !== undefined };
  return { child, ended, stop: () => stopTree(stoppable), kill: () => kill(stoppable) };
}

/** Node throws some refusals, for example of an argument of more than 128 KiB, and emits the others. */
function spawned(launch: Launch, stdin: "ignore" | "pipe") {
  const { file, argv, directory, environment, feeds = [], lifeline = false } = launch;
  // The third is what bwrap reports on, or the lifeline.
  const own = launch.feeds || lifeline ? 1 + feeds.length : 0;
  const stdio = [stdin, ...new Array<"pipe">(2 + own).fill("pipe")];
  try {
    return spawn(file, argv, {
      ...{ cwd: directory, env: environment, detached: true },
      stdio: coverInherited<"pipe" | "ignore">(stdio),
    });
  } catch (error) {
    return String(error);
  }
}

function feed(
  child: ChildProcess,
  { descriptor, content }: { descriptor: number; content: string | Uint8Array },
): void {
  const pipe = child.stdio[descriptor];
  if (!pipe || !("end" in pipe)) return;
  // A launcher that dies early closes its end; its exit code tells more than the broken pipe.
  pipe.on("error", () => undefined);
  pipe.end(content);
}

function exitOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ exitCode: null, signal: null, error: error.message }));
    child.once("exit", (exitCode, signal) => resolve({ exitCode, signal }));
  });
}

/** bwrap reports the first process of the namespaces when it starts it, and an exit code only if the command began. */
async function endOfNamespaces(child: ChildProcess): Promise<Ended> {
  const reports = text(child.stdio[3] as Readable).catch(() => "");
  const end = await exitOf(child);
  if (end.error) return end;
  const report = (await within(tearDownMs, reports)) ?? "";
  const first = /"child-pid": (?<pid>\d+)/.exec(report)?.groups?.pid;
  if (first) await until(() => isDead(Number(first)));
  const began = end.exitCode === null || report.includes('"exit-code"');
  return began ? end : { ...end, error: `bwrap could not begin the command (exit code ${end.exitCode})` };
}

/** What is left of the group would otherwise outlive the command. */
async function endOfGroup(child: ChildProcess): Promise<Ended> {
  const end = await exitOf(child);
  const { pid } = child;
  if (!pid) return end;
  signalAll([-pid], "SIGKILL");
  await until(() => groupIsDead(pid));
  return end;
}

type Stoppable = { child: ChildProcess; ended: Promise<Ended>; namespaced: boolean };

/** bwrap itself is spared by SIGTERM: it would take its namespaces down before they could tidy up. */
async function stopTree({ child, ended, namespaced }: Stoppable): Promise<void> {
  const { pid } = child;
  if (!pid) return;
  const over = () => child.exitCode !== null || child.signalCode !== null;

  if (!over()) signalAll([...(namespaced ? [] : [-pid]), ...descendants(pid)], "SIGTERM");
  await within(graceMs, ended);
  if (!over()) signalAll([...descendants(pid), ...(namespaced ? [] : [-pid])], "SIGKILL");
  await within(tearDownMs, ended);
  if (!over()) signalAll([-pid], "SIGKILL");
  await ended;
}

/** The namespaces go down with bwrap, all at once, without a look at thousands of processes. */
async function kill({ child, ended, namespaced }: Stoppable): Promise<void> {
  const { pid } = child;
  if (!pid || child.exitCode !== null || child.signalCode !== null) return;
  signalAll([...(namespaced ? [] : descendants(pid)), -pid], "SIGKILL");
  await ended;
}

async function until(condition: () => boolean): Promise<void> {
  const deadline = performance.now() + tearDownMs;
  while (!condition() && performance.now() < deadline) await pause(pollMs);
}
