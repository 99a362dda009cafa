import type { ProgramEnd } from "../../programs/program.ts";
import { runProgram } from "../../programs/run-program.ts";
import { type GitPlace, gitEnvironment } from "./git-environment.ts";
import { GitFailure } from "./git-failure.ts";

/** What a git process that never meets the network may take: the checkout of a huge repository on a slow disk. */
const localMs = 10 * 60 * 1000;
/** What is read from git into memory at most: one file of 40 MB, or the list of very many. */
const stdoutBytes = 64 * 1024 * 1024;
/** What of git's own words a failure quotes. */
const quotedCharacters = 1_000;

/** One call of git. `secrets` are struck out of what a failure says. */
export type GitCall = {
  at: GitPlace;
  input?: string | Uint8Array;
  inputFile?: string;
  timeoutMs?: number;
  secrets?: string[];
  /** What a file that it writes may have at most, in bytes. */
  fileBytes?: number;
  /** Exit codes besides 0 that are answers and no failures. */
  endsWell?: number[];
};

/** Runs git on the host and resolves to what it wrote; anything but success is a `git` failure. */
export async function runGit(argv: string[], call: GitCall): Promise<Buffer> {
  const { at, input, inputFile, timeoutMs = localMs, secrets = [], fileBytes, endsWell = [] } = call;
  const [program, ...words]: [string, ...string[]] =
    fileBytes === undefined ? ["git", ...argv] : withOutputLimit(argv, fileBytes);
  const end = await runProgram({
    ...{ file: program, argv: words, directory: "/", environment: gitEnvironment(at) },
    ...{ timeoutMs, outputBytes: stdoutBytes },
    ...(inputFile === undefined ? { input: input ?? "" } : { inputFile }),
  });
  const { exitCode, timedOut, overflowed, stdout } = end;
  if (end.problem === undefined || endsWell.includes(exitCode ?? -1)) return asBuffer(stdout);
  const why = timedOut ? `took longer than ${timeoutMs / 1000} s` : spoken(end);
  const failed = { exitCode, timedOut, overflowed, stderr: saidIn(end) };
  throw new GitFailure(`git ${argv[0]}: ${redacted(why, secrets)}`, failed);
}

/** The shell sets the bound, in blocks of 512 bytes, and is git from then on. */
function withOutputLimit(argv: string[], bytes: number): [string, ...string[]] {
  return ["sh", "-c", 'ulimit -f "$0" && exec git "$@"', String(Math.ceil(bytes / 512)), ...argv];
}

/** Runs git and resolves to the one line that it wrote. */
export async function askGit(argv: string[], call: GitCall): Promise<string> {
  return (await runGit(argv, call)).toString("utf8").trim();
}

/** Whether git succeeds; why it does not is nobody's question. */
export async function succeedsInGit(argv: string[], at: GitPlace): Promise<boolean> {
  try {
    await runGit(argv, { at });
    return true;
  } catch {
    return false;
  }
}

function spoken(end: ProgramEnd): string {
  return saidIn(end) || (end.problem ?? "failed without a word");
}

function saidIn({ stderr }: ProgramEnd): string {
  return asBuffer(stderr).toString("utf8").trim();
}

/** The same bytes, uncopied. */
function asBuffer({ buffer, byteOffset, byteLength }: Uint8Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength);
}

function redacted(text: string, secrets: string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, "***"), text).slice(-quotedCharacters);
}
