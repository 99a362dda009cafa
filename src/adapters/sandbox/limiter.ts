import { existsSync, readFileSync } from "node:fs";
import type { TreeBounds } from "../../domain/rules/limits.ts";
import { ifThere } from "./if-there.ts";

/** RLIMIT_NPROC counts threads: the bound of processes, each of this many. */
const threadsPerProcess = 8;
const openFiles = 16_384;
const limiter = "/usr/bin/prlimit";
/** The bit of CAP_SYS_RESOURCE in the mask of capabilities: with it a process may raise its hard limits again. */
const sysResource = 24n;

/** Sets the limits of one process, by the programs that stand before a command. */
export type Limiter = {
  /** Around bwrap. */
  around: string[];
  /** Inside, where the user is the sandbox's own. */
  inside(bounds: TreeBounds): string[];
};

/** What the kernel says about this process: `/proc/self/limits`, and `/proc/self/status`. */
export type OwnLimits = { limits: string; status: string };

/** The limiter of this machine; one that does nothing where `prlimit` is missing, which the probes then tell. */
export function openLimiter(): Limiter {
  if (!existsSync(limiter)) return { around: [], inside: () => [] };
  const text = (name: string): string => ifThere(() => readFileSync(`/proc/self/${name}`, "utf8"), "");
  return limiterFor({ limits: text("limits"), status: text("status") });
}

/**
 * Limits that are at most this process's own hard ones: an ordinary user may not raise those, and lower ones hold as well.
 * No RLIMIT_AS: below 16 GiB it breaks WebAssembly in Node.
 */
export function limiterFor(own: OwnLimits): Limiter {
  const most = (name: string, wanted: number): number => Math.min(wanted, hardLimit(own.limits, name));
  return {
    around: withoutDumps(own),
    inside: ({ processes, diskBytes }) => [
      limiter,
      `--nproc=${most("Max processes", processes * threadsPerProcess)}`,
      `--fsize=${most("Max file size", diskBytes)}`,
      `--nofile=${most("Max open files", openFiles)}`,
      "--",
    ],
  };
}

/**
 * A memory dump of at most one byte is none, also where a limit of 0 would not keep the kernel from piping it to a program
 * of the host. Inside, the filter answers for this limit. Where 0 is the most that there can be, it stays.
 */
function withoutDumps({ limits, status }: OwnLimits): string[] {
  const isFixed = hardLimit(limits, "Max core file size") === 0 && !mayRaise(status);
  return isFixed ? [] : [limiter, "--core=1", "--"];
}

/** Infinite where there is none, and where the kernel does not tell. */
function hardLimit(limits: string, name: string): number {
  const line = limits.split("\n").find((one) => one.startsWith(name)) ?? "";
  const hard = line.slice(name.length).trim().split(/\s+/)[1] ?? "unlimited";
  return /^\d+$/.test(hard) ? Number(hard) : Number.POSITIVE_INFINITY;
}

function mayRaise(status: string): boolean {
  const mask = /^CapEff:\s*(?<mask>[0-9a-f]+)$/m.exec(status)?.groups?.mask ?? "0";
  return ((BigInt(`0x${mask}`) >> sysResource) & 1n) === 1n;
}
