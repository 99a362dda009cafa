import { execa } from "execa";
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
  const result = await execa(program, words, {
    cwd: "/",
    env: gitEnvironment(at),
    extendEnv: false,
    encoding: "buffer",
    stripFinalNewline: false,
    maxBuffer: stdoutBytes,
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    reject: false,
    ...(inputFile === undefined ? { input: input ?? "" } : { inputFile }),
  });
  if (!result.failed || endsWell.includes(result.exitCode ?? -1)) return Buffer.from(result.stdout);
  const why = result.timedOut ? `took longer than ${timeoutMs / 1000} s` : spoken(result);
  const { exitCode, timedOut, isMaxBuffer: overflowed } = result;
  const end = { exitCode, timedOut, overflowed, stderr: saidIn(result) };
  throw new GitFailure(`git ${argv[0]}: ${redacted(why, secrets)}`, end);
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

function spoken(result: { stderr?: unknown; shortMessage?: string | undefined }): string {
  return saidIn(result) || (result.shortMessage ?? "failed without a word");
}

function saidIn({ stderr }: { stderr?: unknown }): string {
  return stderr instanceof Uint8Array ? Buffer.from(stderr).toString("utf8").trim() : "";
}

function redacted(text: string, secrets: string[]): string {
  return secrets.reduce((left, secret) => left.replaceAll(secret, "***"), text).slice(-quotedCharacters);
}
