import { readFileSync } from "node:fs";

/** What names one process of this machine for good: its id and when it was started, in ticks since the boot. */
export function markOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${pid}-${fields[19]}`;
  } catch {
    return undefined;
  }
}

/** The mark of this worker. */
export const ownMark = markOf(process.pid) ?? `${process.pid}-0`;

/** Whether the process that a mark names is alive. */
export function isMarkAlive(mark: string): boolean {
  return markOf(Number(mark.split("-")[0])) === mark;
}
