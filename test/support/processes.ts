import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { patienceMs } from "./patience.ts";

/** How many live processes of this machine have a word in their command line. */
export function processesWith(word: string): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => commandLine(pid).includes(word)).length;
}

/** Waits until a condition holds, for as long as a busy machine may need; rejects with what it waited for. */
export async function eventually(
  what: string,
  condition: () => boolean,
  withinMs = patienceMs,
): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (!condition()) {
    if (Date.now() >= deadline) throw new Error(`waited for ${withinMs / 1_000} s: ${what}`);
    await pause(10);
  }
}

/** Empty for a process that has ended, also for a zombie. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
