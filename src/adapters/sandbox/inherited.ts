import { openSync, readdirSync, readFileSync } from "node:fs";
import { ifThere } from "./if-there.ts";

/** The bit by which the kernel closes a descriptor where another program is begun, on x64 and arm64 alike. */
const closeOnExec = 0o2000000;

/**
 * Descriptors that whoever started the worker left open, be it a log, a lock or a listening socket. Node closes those up to
 * the first gap in other programs; any behind it would be open in every sandbox.
 */
const inherited = ifThere(() => readdirSync("/proc/self/fd"), [])
  .map(Number)
  .filter((number) => number > 2 && isInherited(number));

/** What takes their place. */
const nothing = inherited.length > 0 ? openSync("/dev/null", "r") : undefined;

/** A child's descriptors, and behind them something harmless for each that the child would inherit from us. */
export function coverInherited<T>(stdio: T[]): (T | "ignore" | number)[] {
  const most = Math.max(stdio.length - 1, ...inherited);
  return Array.from({ length: most + 1 }, (_, number) => {
    const own = stdio[number];
    if (own !== undefined) return own;
    return nothing !== undefined && inherited.includes(number) ? nothing : "ignore";
  });
}

function isInherited(number: number): boolean {
  const info = ifThere(() => readFileSync(`/proc/self/fdinfo/${number}`, "utf8"), undefined);
  const flags = /^flags:\s+(?<octal>[0-7]+)$/m.exec(info ?? "")?.groups?.octal;
  return info !== undefined && (Number.parseInt(flags ?? "0", 8) & closeOnExec) === 0;
}
