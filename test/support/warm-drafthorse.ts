import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { afterAll } from "@jest/globals";
import type { CommandCall, CommandEnd } from "./run-in-turn.ts";

/** One process for all commands of a suite: three quarters of a short command's price is to load it. */
let warm: ChildProcess | undefined;

afterAll(() => {
  warm?.kill();
});

/**
 * Runs the command as a person would in a directory, without anything of our environment but the path. It is loaded
 * anew from its first line on, in a process that has its modules already; a command that ends the process ends the wait.
 */
export function warmDrafthorse(cwd: string, ...args: string[]): Promise<CommandEnd> {
  return warmCommand({ cwd, args, env: {} });
}

/** The same with settings of its own. */
export async function warmCommand({ cwd, args, env }: CommandCall): Promise<CommandEnd> {
  if (warm?.connected !== true) warm = fork(join(import.meta.dirname, "run-in-turn.js"), { stdio: "pipe" });
  const child = warm;
  const call: CommandCall = { cwd, args, env: { PATH: process.env.PATH, HOME: cwd, NO_COLOR: "1", ...env } };
  return new Promise((resolve, reject) => {
    const died = (code: number | null) => reject(new Error(`the command ended its process with ${code}`));
    child.once("exit", died);
    child.once("message", (end: CommandEnd) => {
      child.off("exit", died);
      resolve(end);
    });
    child.send(call);
  });
}
