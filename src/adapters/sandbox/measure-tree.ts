import { readdirSync, readFileSync, statfsSync, statSync } from "node:fs";
import { ifThere } from "./if-there.ts";

/** What a process tree holds. `isMore`: it has more processes than were asked for, and was not measured further. */
export type Held = { pids: number[]; memoryBytes: number; isMore: boolean };

/** How many open files of a tree count as nothing, and what each further one may hold: a socket's buffer. */
const freeFiles = 4_096;
const bufferBytes = Number(readProc("/proc/sys/net/core/wmem_default")) || 212_992;

/** File systems in memory that are a sandbox's own. */
const inMemory = ["tmp", "home", "dev/shm"];

/**
 * Measures a tree from its first process down. What is shared with others counts for each process here; so a tree that
 * seems too large is measured once more with `exactly`, which asks the kernel for each one's share and takes longer.
 */
export function measureTree(first: number, most: number): Held {
  const pids = pidsBelow(first, most);
  if (pids.length > most) return { pids, memoryBytes: 0, isMore: true };
  const memoryBytes = sum(pids.map(residentOf)) + filesInMemory(pids.at(-1)) + openFilesOf(pids);
  return { pids, memoryBytes, isMore: false };
}

/** The memory of processes, each page that several have counted once. */
export function exactMemory(pids: number[]): number {
  return sum(pids.map(memoryShare)) + filesInMemory(pids.at(-1)) + openFilesOf(pids);
}

/** Breadth first and without a look at the rest of the machine; no more than one beyond `most`. */
export function pidsBelow(first: number, most: number): number[] {
  const found = [first];
  for (const pid of found) {
    if (found.length > most) break;
    found.push(...childProcesses(pid));
  }
  return found.slice(1);
}

function childProcesses(pid: number): number[] {
  const threads = ifThere(() => readdirSync(`/proc/${pid}/task`), []);
  return threads.flatMap((thread) =>
    readProc(`/proc/${pid}/task/${thread}/children`).split(" ").filter(Boolean).map(Number),
  );
}

function residentOf(pid: number): number {
  return kilobytes(readProc(`/proc/${pid}/status`), /^(?:RssAnon|RssShmem|VmPTE):\s+(?<kb>\d+)/gm);
}

/** The kernel's tables are memory, too: of memory that is only looked at, nothing else is there. */
function tablesOf(pid: number): number {
  return kilobytes(readProc(`/proc/${pid}/status`), /^VmPTE:\s+(?<kb>\d+)/gm);
}

function memoryShare(pid: number): number {
  const shares = readProc(`/proc/${pid}/smaps_rollup`);
  // Without leave to look, or on an old kernel, the simpler measure stands.
  if (shares === "") return residentOf(pid);
  return tablesOf(pid) + kilobytes(shares, /^Pss_(?:Anon|Shmem):\s+(?<kb>\d+)/gm);
}

/**
 * What the kernel may hold for open files, of which no process shows anything: a socket that nobody reads keeps its buffer.
 * No tree of programs has so many open that the first ones, which are free, do not suffice.
 */
function openFilesOf(pids: number[]): number {
  const open = sum(pids.map(countOpen));
  return Math.max(0, open - freeFiles) * bufferBytes;
}

/** Since Linux 6.2 the directory's size is the number; before, it is 0. */
function countOpen(pid: number): number {
  const directory = `/proc/${pid}/fd`;
  return ifThere(() => statSync(directory).size || readdirSync(directory).length, 0);
}

/** What lies in the sandbox's file systems in memory, seen through any process inside. */
function filesInMemory(pid: number | undefined): number {
  if (pid === undefined) return 0;
  const root = statfs("/");
  return sum(
    inMemory.map((name) => {
      const found = statfs(`/proc/${pid}/root/${name}`);
      const isOwn = found && root && found.type === tmpfs && found.blocks !== statfs(`/${name}`)?.blocks;
      return isOwn ? (found.blocks - found.bfree) * found.bsize : 0;
    }),
  );
}

/** The type that `statfs` gives for a file system in memory. */
const tmpfs = 0x01021994;

function statfs(path: string) {
  return ifThere(() => statfsSync(path), undefined);
}

function kilobytes(text: string, pattern: RegExp): number {
  return sum([...text.matchAll(pattern)].map((match) => Number(match.groups?.kb) * 1024));
}

/** Of no numbers it is 0. */
export function sum(numbers: number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}

function readProc(path: string): string {
  return ifThere(() => readFileSync(path, "utf8"), "");
}
