import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";
import { z } from "zod";
import { errorCode } from "../error-code.ts";

/** A process, told apart from a later one with the same number and from one in another container. */
export const ProcessIdentity = z.object({
  pid: z.number().int().positive(),
  place: z
    .string()
    .describe("where the number means this process: this start of this machine, this container"),
  started: z.string().describe("when it began, as the kernel counts; empty where the kernel does not say"),
});
export type ProcessIdentity = z.infer<typeof ProcessIdentity>;

/** The identity of this process. */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, place: processPlace(), started: startOf(process.pid) };
}

/** Whether a process lives; undefined if it ran where we cannot see. */
export function isAlive({ pid, place: itsPlace, started }: ProcessIdentity): boolean | undefined {
  if (itsPlace !== processPlace()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    // Anything but "no such process" means that there is one which we may not signal.
    if (errorCode(thrown) === "ESRCH") return false;
  }
  return startOf(pid) === started;
}

function processPlace(): string {
  return [hostname(), readProcFile("/proc/sys/kernel/random/boot_id"), namespaceOfPids()].join(" ");
}

/** Field 22 of the kernel's status line; the name in field 2 may hold spaces, so fields are counted behind it. */
function startOf(pid: number): string {
  const fields = readProcFile(`/proc/${pid}/stat`).split(") ").at(-1)?.split(" ") ?? [];
  return fields[19] ?? "";
}

function namespaceOfPids(): string {
  try {
    return readlinkSync("/proc/self/ns/pid");
  } catch {
    return "";
  }
}

function readProcFile(file: string): string {
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    return "";
  }
}
