import { stat, statfs } from "node:fs/promises";
import { runProgram } from "../../programs/run-program.ts";
import { defaultPath } from "./launch.ts";
import { sum } from "./measure-tree.ts";

/** A file needs an entry even if it is empty; so many bytes stand for one. */
const bytesPerFile = 10 * 1024;
/** The directories are measured when the disk lost this share of the bound since they were last. */
const share = 10;
/** What a disk must keep free for everybody else, in bytes and in files: below it whoever writes is stopped. */
const floor = 256 * 1024 * 1024;
const floorFiles = 10_000;
const measureMs = 30_000;
/** A walk is followed by so many times its own time of rest, unless the bound may be met. */
const rest = 10;
/** The directories are walked again after this time in any case: what others free may hide what is written here. */
const walkMs = 30_000;

/** Says, each time it is asked, whether directories hold more than their bound. */
export type DiskWatch = { isOver(): Promise<boolean> };

/** The file with this much on the disk; its name is gone, so that no walk finds it. */
export type NamelessFile = { device: number; bytes: number };

/** What is watched for: `nameless` are the files that the tree holds open and no directory has. */
export type DiskOrder = { bound: number; nameless: () => NamelessFile[] };

/**
 * What the directories held when they were last walked, the most room that the disk has had since, and from when they may
 * and are to be walked again.
 */
type Walked = { most: Room; held: number; mayAt: number; dueAt: number };

/**
 * Watches directories: to ask the disk how full it is costs nothing, to walk a tree of 59,000 files 0.2 s. So the tree is
 * walked where the disk has lost enough meanwhile for it to matter, now and then; and at once where the bound could be met.
 */
export function watchDisk(directories: string[], { bound, nameless }: DiskOrder): DiskWatch {
  let last: Walked | undefined;
  return {
    async isOver() {
      const [directory] = directories;
      const room = directory === undefined ? undefined : await freeIn(directory);
      if (!room) return false;
      const began = performance.now();
      last ??= { most: room, held: 0, mayAt: 0, dueAt: began + walkMs };
      last = { ...last, most: mostOf(last.most, room) };
      const lost = lostBetween(last.most, room);
      if (lost > 0 && isAlmostFull(room)) return true;
      if (!isDue(last, { lost, bound, now: began })) return false;
      const open = nameless().filter(({ device }) => device === room.device);
      const held = sum(open.map(({ bytes }) => bytes)) + (await heldIn(directories));
      const now = performance.now();
      const mayAt = now + (now - began) * rest;
      last = { most: room, held, mayAt, dueAt: Math.max(mayAt, now + walkMs) };
      return held > bound;
    },
  };
}

/** Where the bound may be met by what the disk has lost there is no rest. */
function isDue(
  { held, mayAt, dueAt }: Walked,
  { lost, bound, now }: { lost: number; bound: number; now: number },
): boolean {
  if (lost > 0 && held + lost >= bound) return true;
  return now >= dueAt || (lost >= bound / share && now >= mayAt);
}

/** What others free meanwhile is not taken off what is written here. */
function mostOf(before: Room, now: Room): Room {
  return { ...now, free: Math.max(before.free, now.free), files: Math.max(before.files, now.files) };
}

function lostBetween(before: Room, now: Room): number {
  return Math.max(before.free - now.free, (before.files - now.files) * bytesPerFile);
}

/** How many files a disk may have is 0 where it does not say. */
type Room = { free: number; files: number; total: number; device: number };

async function freeIn(directory: string): Promise<Room | undefined> {
  try {
    const [{ bavail, bsize, ffree, files }, { dev }] = await Promise.all([
      statfs(directory),
      stat(directory),
    ]);
    return { free: bavail * bsize, files: ffree, total: files, device: dev };
  } catch {
    return undefined;
  }
}

function isAlmostFull({ free, files, total }: Room): boolean {
  return free < floor || (total > 0 && files < floorFiles);
}

async function heldIn(directories: string[]): Promise<number> {
  const [bytes, files] = await Promise.all([
    total("--block-size=1", directories),
    total("--inodes", directories),
  ]);
  return Math.max(bytes, files * bytesPerFile);
}

/** Files come and go while `du` walks, which it answers with an exit code and a number all the same. */
async function total(unit: string, directories: string[]): Promise<number> {
  const argv = ["-s", "-c", "-x", unit, "--", ...directories];
  const environment = { PATH: defaultPath, LC_ALL: "C" };
  const bounds = { timeoutMs: measureMs, outputBytes: 1024 * 1024 };
  const { stdout } = await runProgram({ file: "du", argv, directory: "/", environment, ...bounds });
  const told = Buffer.from(stdout).toString("utf8");
  return Number(/^(?<sum>\d+)\ttotal$/m.exec(told)?.groups?.sum ?? 0);
}
