import { readdirSync, readFileSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";

/** How many live processes of this machine have a word in their command line. */
export function processesWith(word: string): number {
  const pids = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return pids.filter((pid) => commandLine(pid).includes(word)).length;
}

/** Waits until a condition holds, for as long as a busy machine may need; false if it never did. */
export async function eventually(condition: () => boolean, withinMs = 120_000): Promise<boolean> {
  const deadline = Date.now() + withinMs;
  while (!condition() && Date.now() < deadline) await pause(10);
  return condition();
}

/** Empty for a process that has ended, also for a zombie. */
function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}
