import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as pause } from "node:timers/promises";

type Left = { pid: number; command: string; place: string };

/** The compiled files of this checkout, which every service and agent of the tests is started from. */
const ours = `${resolve(import.meta.dirname, "..")}/`;

/** Where the tests have their directories. */
const places = join(tmpdir(), "drafthorse-");

/** What was told to end may take so long to be gone, on a busy machine. */
const dyingMs = 30_000;

/** Fails a run that left something running, names it and ends it: the next run would be slower, or meet its ports. */
export default async function nothingLeft(): Promise<void> {
  const deadline = Date.now() + dyingMs;
  while (leftovers().length > 0 && Date.now() < deadline) await pause(100);
  const left = leftovers();
  for (const { pid } of left) end(pid);
  if (left.length === 0) return;
  const lines = left.map(({ pid, command }) => `  ${pid} ${command}`);
  throw new Error(`The tests left these processes running. They were ended:\n${lines.join("\n")}`);
}

/**
 * A process that only waits to be reaped has no command line, and neither has one of the kernel. What was there before this
 * run is somebody's own, and so is what another process began that is still on and none of ours: another run of Jest, a
 * `drafthorse run` in a terminal.
 */
function leftovers(): Left[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
    .map((name) => ({ pid: Number(name), command: commandOf(name), place: placeOf(name) }))
    .filter(isLikeOurs)
    .filter(({ pid }) => startOf(pid) > startOf(process.pid))
    .filter(({ pid }) => isOfThisRun(ancestorsOf(pid)));
}

function isOfThisRun(ancestors: number[]): boolean {
  return ancestors.includes(process.pid) || ancestors.map(leftAt).every(isLikeOurs);
}

function leftAt(pid: number): Left {
  return { pid, command: commandOf(String(pid)), place: placeOf(String(pid)) };
}

/** The compiled files of this checkout run, or something runs where the tests have their directories. */
function isLikeOurs({ command, place }: Left): boolean {
  return command !== "" && (command.includes(ours) || place.startsWith(places));
}

/** The processes above one, the nearest first, without those that take up orphans. */
function ancestorsOf(pid: number): number[] {
  const parent = parentOf(pid);
  const isLast = parent <= 1 || /^\S*systemd\b/.test(commandOf(String(parent)));
  return isLast ? [] : [parent, ...ancestorsOf(parent)];
}

function parentOf(pid: number): number {
  return Number(statOf(pid)[1] ?? 0);
}

/** When a process began, in ticks since the machine did. */
function startOf(pid: number): number {
  return Number(statOf(pid)[19] ?? 0);
}

/** The fields of proc(5) from the third on: the name before them may hold anything. */
function statOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").slice(1).join(") ").split(" ");
  } catch {
    return [];
  }
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  } catch {
    return "";
  }
}

function placeOf(pid: string): string {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return "";
  }
}

function end(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended meanwhile.
  }
}
