/** A program of the host that is run to its end. Nothing of our environment reaches it but what is given here. */
export type ProgramCall = {
  file: string;
  argv: string[];
  /** An absolute path. */
  directory: string;
  environment: NodeJS.ProcessEnv;
  /** What it reads. Nothing where neither this nor a file is given. */
  input?: string | Uint8Array;
  /** The path of a file that it reads instead. */
  inputFile?: string;
  /** After this many milliseconds it is killed. */
  timeoutMs: number;
  /** What it may write, in bytes, before it is killed. */
  outputBytes: number;
};

/** How a program ended. It did well where `problem` is absent. */
export type ProgramEnd = {
  /** Absent where a signal ended it, or where it never began. */
  exitCode?: number | undefined;
  stdout: Uint8Array;
  stderr: Uint8Array;
  timedOut: boolean;
  /** Whether it wrote more than it may. */
  overflowed: boolean;
  /** One sentence: an exit code that is not 0, a signal, or why it never began. */
  problem?: string | undefined;
};

/** What goes to the process that starts programs, and what comes back: the answer bears the id of its call. */
export type ProgramRequest = { id: number; call: ProgramCall };
export type ProgramAnswer = { id: number; end: ProgramEnd };

/** The end of a program that never began, or whose end nobody saw. */
export function unseenEnd(problem: string): ProgramEnd {
  const nothing = new Uint8Array();
  return { stdout: nothing, stderr: nothing, timedOut: false, overflowed: false, problem };
}
