import { readFileSync, readlinkSync } from "node:fs";
import { ifThere } from "./if-there.ts";

/** The process namespace that ids count in: those of a worker in another container mean nothing here. */
const place = /\d+/.exec(ifThere(() => readlinkSync("/proc/self/ns/pid"), ""))?.[0] ?? "0";

/** The mark of this worker: what names one process of this machine for good, also when its id is given again. */
export const ownMark = processMark(process.pid) ?? `${place}.${process.pid}.0`;

/** Whether a mark names a process of this place that is no more; of others nothing can be known. */
export function isMarkOfDead(mark: string): boolean {
  const [where, pid] = mark.split(".");
  return where === place && processMark(Number(pid)) !== mark;
}

/** The process's place, its id and when it was started, in ticks since the boot. */
function processMark(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return fields[0] === "Z" ? undefined : `${place}.${pid}.${fields[19]}`;
  } catch {
    return undefined;
  }
}
