import { readFile } from "node:fs/promises";
import { setImmediate as nextTurn } from "node:timers/promises";

/** How long a killed process may take to go on a busy machine, in milliseconds. */
const patienceMs = 60_000;

/** Whether a process still runs after a moment to die; one that only waits to be reaped is dead. */
export async function isAlive(pid: number): Promise<boolean> {
  const deadline = Date.now() + patienceMs;
  while (Date.now() < deadline) {
    if (!(await runs(pid))) return false;
    await nextTurn();
  }
  return true;
}

async function runs(pid: number): Promise<boolean> {
  const stat = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  return stat !== null && !/\) [ZX] /.test(stat);
}
