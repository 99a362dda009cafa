import type { TrimmedPath } from "../domain/evidence/change.ts";
import { findLeftover } from "./find-leftover.ts";

/** What was trimmed as people and the ledger need it: of a folder full of leftovers, be it 50,000, the folder alone. */
export function condenseTrim(paths: TrimmedPath[]): TrimmedPath[] {
  const counts = new Map<string, number>();
  const keyed = paths.map((one) => ({ one, key: one.why === "stray" ? leftoverFolder(one.path) : one.path }));
  for (const { key } of keyed) counts.set(key, (counts.get(key) ?? 0) + 1);
  const told = new Set<string>();
  return keyed.flatMap(({ one, key }) => {
    const count = counts.get(key) ?? 1;
    if (count === 1) return [one];
    if (told.has(key)) return [];
    told.add(key);
    return [{ ...one, path: `${key}/`, rule: `${one.rule}, ${count} files` }];
  });
}

/** The folder of leftovers that a path is in, or the path itself. */
function leftoverFolder(path: string): string {
  const doubt = findLeftover(path)?.doubt;
  return doubt && "folder" in doubt ? doubt.folder : path;
}
