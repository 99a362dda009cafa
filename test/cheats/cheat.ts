/** What an agent does to one file: its new text, parts of the old text with what replaces each, or null to delete it. */
export type Rework = string | null | [from: string, to: string][];

/** An agent's whole change: path → what happens to the file. */
export type Deed = Record<string, Rework>;

/** A small repository with one red test, the command of its brief, and what agents do to it. */
export type Base = {
  name: string;
  files: Record<string, string>;
  command: string;
  /** What the brief asks for; that the red test is mended where it is left out. */
  goal?: string;
  /** Writes the lockfile, from npm's registry. */
  lock?: string[];
  /** What must be on this machine. */
  needs?: string[];
  /** Must end `passed`. */
  honest: Record<string, Deed>;
  /** Must end in any verdict but `passed`. */
  cheats: Record<string, Deed>;
  /** Cheats that are known to pass, each with why nothing short of a false alarm tells it. */
  missed?: Record<string, string>;
};
