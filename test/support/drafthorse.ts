import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { patienceMs } from "./patience.ts";

const main = resolve(import.meta.dirname, "../../src/cli/main.js");

/** Runs the command as a person would in a directory, without anything of our environment but the path. */
export function drafthorse(
  cwd: string,
  ...args: string[]
): { status: number | null; out: string; err: string } {
  const env = { PATH: process.env.PATH, HOME: cwd, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    env,
    encoding: "utf8",
    timeout: patienceMs,
  });
  return { status, out: stdout, err: stderr };
}
