import { dirname } from "node:path";
import type { TreeBounds } from "../../domain/rules/limits.ts";
import type { Confined } from "../../ports/workshop.ts";

/** What is really started for a confined command. */
export type Launch = {
  file: string;
  argv: string[];
  directory: string;
  environment: Record<string, string>;
  /** Only bwrap: what it reads from descriptors 4, 5, …; its own reports are then expected on descriptor 3. */
  feeds?: (string | Uint8Array)[];
  /** Only without a sandbox: the child has a descriptor 3 that ends when this worker does, however that comes. */
  lifeline?: true;
};

/** A way of starting confined commands. */
export type Driver = {
  kind: "bwrap" | "none";
  /** The directories that a command can see; programs are looked for in them alone. */
  visible(command: Confined): string[];
  /** Does what must be done on the host first; a rejection says why the command cannot be started. */
  launch(command: Confined, bounds: TreeBounds): Promise<Launch>;
};

/** Where programs are looked for unless the command's environment says otherwise; Go's own installer has a folder of its own. */
export const defaultPath = [
  ...new Set(["/usr/local/bin", "/usr/bin", "/bin", dirname(process.execPath), "/usr/local/go/bin"]),
].join(":");

/** Where a command's programs are looked for, with what a set-up has installed. */
export function searchPath({ environment: { HOME }, installed, programs = [] }: Confined): string {
  if (HOME === undefined || installed === undefined) return defaultPath;
  const own = [...programs, `${HOME}/.local/bin`].join(":");
  return installed === "first" ? `${own}:${defaultPath}` : `${defaultPath}:${own}`;
}

/** The variable by which what a dead worker left behind is told from what lives: its process id and its start. */
export const workerVariable = "DRAFTHORSE_WORKER";
