import type { ProgramEnd } from "../../programs/program.ts";
import { runProgram } from "../../programs/run-program.ts";

/** What a git command of the double may take, in ms, and write, in bytes: its repositories are those of tests and the demo. */
const bounds = { timeoutMs: 10 * 60 * 1000, outputBytes: 256 * 1024 * 1024 };

/** All that git finds in its environment: nothing of the developer's own settings or of a surrounding hook. */
const isolation = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  HOME: "/nonexistent",
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/** What a git command may be given beside its arguments. */
export type GitOptions = {
  input?: string | Uint8Array;
  env?: Record<string, string | undefined>;
};

/** Runs git in a directory to its end, whatever that is. */
export function endOfGit(
  directory: string,
  argv: readonly string[],
  { input = "", env = {} }: GitOptions = {},
): Promise<ProgramEnd> {
  const environment = { ...isolation, ...env };
  return runProgram({ file: "git", argv: [...argv], directory, environment, input, ...bounds });
}

/** Runs git on a bare repository and returns what it printed, or undefined if it failed. */
export async function tryGit(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string | undefined> {
  const end = await endOfGit(directory, args, options);
  return end.problem === undefined ? lineOf(end.stdout) : undefined;
}

/** Runs git on a bare repository and returns what it printed, without the last newline. */
export async function git(
  directory: string,
  args: readonly string[],
  options: GitOptions = {},
): Promise<string> {
  const end = await endOfGit(directory, args, options);
  return lineOf(outputOf(end));
}

/** Runs git on a bare repository and returns the very bytes that it printed. */
export async function gitBytes(directory: string, args: readonly string[]): Promise<Uint8Array> {
  return outputOf(await endOfGit(directory, args));
}

function outputOf({ problem, stdout, stderr }: ProgramEnd): Uint8Array {
  if (problem !== undefined) throw new Error(`${problem}\n${Buffer.from(stderr).toString("utf8")}`);
  return stdout;
}

function lineOf(output: Uint8Array): string {
  return Buffer.from(output)
    .toString("utf8")
    .replace(/\r?\n$/, "");
}
