/**
 * A script as V8 had it: its text there, the pieces of it that ran (from and to, in UTF-16 units), and how it was made.
 * `shift` is how many of its first characters the map knows nothing of; `map` is a source map, of version 3 and not checked,
 * whose sources are here paths below the checkout, in its own order.
 */
export type TracedScript = {
  path: string;
  source: string;
  ran: [from: number, to: number][];
  shift: number;
  map?: { sources: string[]; content: unknown };
};

/** Lines of one file, numbered from 1: those that ran, and those with code. */
export type RanLines = { ran: Set<number>; code: Set<number> };

/** What files of coverage say that a command wrote, by path of the code; `report` is such a file. */
export type FiledLines = ReadonlyMap<string, RanLines & { report: string }>;

/** What a traced run wrote down, with paths below its checkout. All of it is text that the code under test may have chosen. */
export type Trace = {
  /** Scripts of Node.js that are one of the traced files, or were made of one. */
  scripts: TracedScript[];
  /** Lines that Python or a test of Go ran, and those that it would, by path. */
  lines: Map<string, RanLines>;
  /** Files of the checkout that were run in whole or in part; `mapped` are those that say what they were made of. */
  loaded: string[];
  mapped: string[];
  /** False where a process ended before it wrote all, or there is more than is read: what is not told may have run. */
  whole: boolean;
};

/** How the runtimes of a command are made to write down which lines of some files they run. Nothing here rejects. */
export type Traces = {
  /**
   * Makes the checkout ready. `told` makes of the environment of a command there the one in which it is traced; what it runs
   * must be shown `readable` too.
   */
  begin(
    directory: string,
    files: string[],
  ): Promise<{ told: (environment: Record<string, string>) => Record<string, string>; readable: string[] }>;
  /** What was written of these files once nothing runs there any more. */
  read(directory: string, files: string[]): Promise<Trace>;
};
