/** What an agent does to a project: files with their new text, or null where one is deleted. */
export type Edit = Record<string, string | null>;

/** A project as a new user has it, the command of the brief, and what each change to it must come to. */
export type Project = {
  name: string;
  source:
    | { package: string; from: string; to: string }
    | { files: Record<string, string>; fix: Edit; cheats: Record<string, Edit> };
  /** The program and arguments, of npm's registry, that write the lockfile of the repository. */
  lock?: string[];
  command: string;
  /** What the honest fix must come to, where that is not `passed`; with the reason. */
  expected?: { verdict: string; because: string };
  /** Programs and hosts without which it cannot run on this machine. */
  needs?: string[];
  /** Modules that the system's Python must have. */
  modules?: string[];
  /** The Debian package that has them. */
  install?: string;
  hosts?: string[];
};
