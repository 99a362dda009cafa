import { readdirSync, readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ifThere } from "./if-there.ts";
import { workerVariable } from "./launch.ts";
import { plantedPrefix } from "./probes/plant.ts";
import { signalAll } from "./process-table.ts";
import { proxyPrefix } from "./socket-place.ts";
import { isMarkOfDead } from "./worker-mark.ts";

/** What workers that are no more had left behind, and what is therefore gone now. */
export type Swept = { processes: number; files: number };

/**
 * Ends the processes, and removes the files, of workers that were killed. Sandboxes die with their worker and mount nothing
 * outside; what is left are plain processes without a sandbox, the sockets of proxies, and what the probes were to find.
 */
export async function sweepLeftovers(): Promise<Swept> {
  const processes = ifThere(() => readdirSync("/proc"), [])
    .filter(isOrphan)
    .map(Number);
  signalAll(processes, "SIGKILL");
  const files = [tmpdir(), "/dev/shm"].flatMap(leftIn);
  const gone = await Promise.all(files.map(removed));
  return { processes: processes.length, files: gone.filter(Boolean).length };
}

/** What another user's worker left is that user's to remove. */
function removed(path: string): Promise<boolean> {
  return rm(path, { recursive: true, force: true }).then(
    () => true,
    () => false,
  );
}

function isOrphan(name: string): boolean {
  if (!/^\d+$/.test(name)) return false;
  const entry = variablesOf(name).find((one) => one.startsWith(`${workerVariable}=`));
  return entry !== undefined && isMarkOfDead(entry.slice(workerVariable.length + 1));
}

function variablesOf(pid: string): string[] {
  return ifThere(() => readFileSync(`/proc/${pid}/environ`, "latin1"), "").split("\0");
}

function leftIn(directory: string): string[] {
  const names = ifThere(() => readdirSync(directory), []);
  const found = [plantedPrefix, proxyPrefix].flatMap((prefix) =>
    names.filter(
      (name) => name.startsWith(prefix) && isMarkOfDead(name.slice(prefix.length).split("-")[0] ?? ""),
    ),
  );
  return found.map((name) => join(directory, name));
}
