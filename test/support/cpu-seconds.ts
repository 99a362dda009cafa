import { readFileSync } from "node:fs";

/** The processor's time that this process has used, in seconds. Other programs do not lengthen it, as they do the clock's. */
export function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
}

/** The same of the processes that this one has started and that have ended, and of theirs: proc(5), fields 16 and 17. */
export function childCpuSeconds(): number {
  const fields = readFileSync("/proc/self/stat", "utf8").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

/** Linux counts in these wherever it tells a program, whatever its own clock does. */
const ticksPerSecond = 100;
