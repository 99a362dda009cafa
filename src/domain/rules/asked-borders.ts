import { type ChangedFile, deletionsOf } from "../evidence/change.ts";
import type { Brief } from "../task/brief.ts";
import type { Policy } from "./policy.ts";
import { type Border, settleBoundary } from "./settle-boundary.ts";

/**
 * The names of the classes and paths whose word a change needs: those that it touches, and classes without paths, of which
 * nobody can tell. `files` undefined: nobody has measured what changed, so that the answer is undefined too, unless
 * nothing has to be asked for.
 */
export function asksMet(
  { brief, policy }: { brief: Pick<Brief, "boundary">; policy: Pick<Policy, "approval" | "paths"> },
  files: ChangedFile[] | undefined,
): string[] | undefined {
  const { ask } = settleBoundary(brief, policy);
  if (ask.length === 0) return [];
  return (
    files && ask.filter((one) => isBlind(one) || touchedPaths(one, files).length > 0).map(({ name }) => name)
  );
}

/** The changed paths that a border means; of deletions those that are gone, whatever they are called. */
export function touchedPaths(border: Border, files: ChangedFile[]): string[] {
  const gone = border.name === "deletions" ? deletionsOf(files) : [];
  const meant = files.filter(({ path }) => border.means(path));
  return [...new Set([...gone, ...meant].map(({ path }) => path))];
}

/** Whether nobody can tell if a class is touched, since the configuration gives it no paths. */
export function isBlind({ name, isClass, globs }: Border): boolean {
  return isClass && name !== "deletions" && globs.length === 0;
}
