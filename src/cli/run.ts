import { rm } from "node:fs/promises";
import { sayHappening } from "./run/narrate.ts";
import { readGivenRun } from "./run/read-given-run.ts";
import { tellResult } from "./run/tell-result.ts";
import { temporaryDirectory } from "./temporary-directory.ts";

/** What `drafthorse run` may be told. */
export type RunOptions = { repo: string; out: string; agent?: string; json?: boolean };

/** Works on a brief in a local repository over the App's own recipes; exit code 0 if a person can go on from there. */
export async function run(brief: string, options: RunOptions): Promise<void> {
  const given = await readGivenRun(brief, options);
  // Most of what is loaded: a call that cannot be used is refused without it.
  const { workOn } = await import("./run/work-on.ts");
  const directory = await temporaryDirectory("run");
  try {
    const outcome = await workOn({
      ...options,
      given,
      directory,
      tell: (happening) => sayHappening(happening, options),
    });
    tellResult(outcome, options);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}
