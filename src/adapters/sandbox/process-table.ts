import { readdirSync, readFileSync } from "node:fs";

/** The processes that descend from one, nearest first; none where there is no `/proc`. */
export function descendants(root: number): number[] {
  const found = [root];
  const parents = parentsByPid();
  for (const pid of found)
    found.push(...[...parents].filter(([, parent]) => parent === pid).map(([child]) => child));
  return found.slice(1);
}

/** Sends a signal to each; one that has ended meanwhile is what was wanted. A negative pid is a group. */
export function signalAll(pids: number[], signal: NodeJS.Signals): void {
  for (const pid of pids)
    try {
      process.kill(pid, signal);
    } catch {}
}

/** Whether a process is gone, or a zombie that nobody has collected. */
export function isDead(pid: number): boolean {
  const status = statusOf(pid);
  return status === undefined || status.state === "Z";
}

/** Whether all processes of a group are dead. */
export function groupIsDead(group: number): boolean {
  return allPids().every((pid) => statusOf(pid)?.group !== group || isDead(pid));
}

function parentsByPid(): Map<number, number> {
  return new Map(allPids().map((pid) => [pid, statusOf(pid)?.parent ?? 0]));
}

function allPids(): number[] {
  return entriesOfProc()
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function entriesOfProc(): string[] {
  try {
    return readdirSync("/proc");
  } catch {
    return [];
  }
}

/** The name in the second field may hold anything, so the fields are counted from its last bracket. */
function statusOf(pid: number): { state: string; parent: number; group: number } | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state = "", parent, group] = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return { state, parent: Number(parent), group: Number(group) };
  } catch {
    return undefined;
  }
}
