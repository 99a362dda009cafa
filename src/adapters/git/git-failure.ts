import { Failure } from "../../domain/task/failure.ts";

/** What git itself can say that decides what is done next. git has no codes for it, so that its words are read here alone. */
const troubles = {
  /** The remote has no ref of this name. */
  "no such ref": /couldn't find remote ref/,
  /** The remote does not give this commit by its id, or has it no more. */
  "not served": /unadvertised object|not our ref/,
  /** The remote, or the way to it, does not answer or lets nobody in. */
  unreachable: /unable to access|could not read Username|Authentication failed|RPC failed/,
  /** A lock is there, perhaps of a process that was killed. */
  locked: /\.lock': File exists/,
  /** git's own check refuses an object. */
  refused: /fsck error in packed object/,
  /** A configuration cannot be parsed. */
  "bad config": /bad config|fatal: .*config/,
} satisfies Record<string, RegExp>;

/** Such a thing. */
export type GitTrouble = keyof typeof troubles;

/** How a git process ended. `stderr` is all that it said; `exitCode` is absent where a signal ended it. */
export type GitEnd = {
  exitCode: number | undefined;
  timedOut: boolean;
  /** Whether it wrote more than is read. */
  overflowed: boolean;
  stderr: string;
};

/** A git process that failed. Callers decide by its fields; its message is for people. */
export class GitFailure extends Failure {
  readonly exitCode: number | undefined;
  readonly timedOut: boolean;
  readonly overflowed: boolean;
  readonly #stderr: string;

  constructor(message: string, { exitCode, timedOut, overflowed, stderr }: GitEnd) {
    super("git", message);
    this.exitCode = exitCode;
    this.timedOut = timedOut;
    this.overflowed = overflowed;
    this.#stderr = stderr;
  }

  /** Whether git said so. */
  says(trouble: GitTrouble): boolean {
    return troubles[trouble].test(this.#stderr);
  }
}

/** Whether a git process failed and said one of these. */
export function isGitTrouble(thrown: unknown, ...named: GitTrouble[]): thrown is GitFailure {
  return thrown instanceof GitFailure && named.some((trouble) => thrown.says(trouble));
}
