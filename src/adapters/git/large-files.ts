import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ObjectId } from "../../domain/evidence/change.ts";
import { type ConfinedPlace, confinedGit, outputOf } from "./confined-git.ts";
import { runGit } from "./run-git.ts";
import { joinRecords, splitRecords } from "./split-records.ts";
import { fileBytes, tooLarge } from "./unpublishable.ts";

/** Files that nobody could publish, and that git would read to their end, be it a sparse file of 50 GB. */
export type LargeFiles = { tracked: Buffer[]; untracked: Buffer[]; reasons: string[] };

/** Where they are looked for: below the base's tree, except at paths that are left out anyway. */
export type LargeOrder = { place: ConfinedPlace; tree: ObjectId; excluded: string[] };

/** `find` follows no link; a directory that it may not read is told of by `git add`. */
const findScript = `find . -name .git -prune -o -type f -size +${fileBytes}c -printf '%s %P\\0' 2>/dev/null || :`;
/** A list beyond this is no list of files that somebody needs: they hold nothing, or the disk would have been full. */
const listBytes = 16 * 1024 * 1024;
const ignoredScript = 'git check-ignore -z --stdin <"$LISTS/large" || [ $? -eq 1 ]';

/** The files of a worktree that are too large; one that already has its size in the base is let be. */
export async function largeFiles({ place, tree, excluded }: LargeOrder): Promise<LargeFiles> {
  const found = splitRecords(await outputOf(await confinedGit(findScript, { ...place, most: listBytes })))
    .map(sized)
    .filter(({ path }) => !excluded.some((left) => `${path.toString("latin1")}/`.startsWith(`${left}/`)));
  if (found.length === 0) return { tracked: [], untracked: [], reasons: [] };
  const known = await sizesIn(place.gitDir, tree);
  const grown = found.filter(({ path, bytes }) => known.get(path.toString("latin1")) !== bytes);
  const ignored = await ignoredOf(
    place,
    grown.map(({ path }) => path),
  );
  const isTracked = ({ path }: { path: Buffer }) => known.has(path.toString("latin1"));
  return {
    tracked: grown.filter(isTracked).map(({ path }) => path),
    untracked: grown.filter((file) => !isTracked(file)).map(({ path }) => path),
    reasons: grown
      .filter(({ path }) => !ignored.has(path.toString("latin1")))
      .map(({ path, bytes }) => tooLarge(path.toString("utf8"), bytes)),
  };
}

/** The size as `find` has it: a path may be longer than any that can be asked for. */
function sized(record: Buffer): { path: Buffer; bytes: number } {
  const end = record.indexOf(" ");
  return { path: record.subarray(end + 1), bytes: Number(record.toString("latin1", 0, end)) };
}

async function ignoredOf(place: ConfinedPlace, paths: Buffer[]): Promise<Set<string>> {
  await writeFile(join(place.lists, "large"), joinRecords(paths));
  const output = await outputOf(await confinedGit(ignoredScript, place));
  return new Set(splitRecords(output).map((path) => path.toString("latin1")));
}

/** Path → size of the files of a tree; the path as latin1, which keeps every byte. */
async function sizesIn(gitDir: string, tree: ObjectId): Promise<Map<string, number>> {
  const listed = await runGit(["ls-tree", "-r", "-l", "-z", tree], { at: { gitDir } });
  return new Map(
    splitRecords(listed).map((entry) => {
      const [facts = "", path = ""] = entry.toString("latin1").split(/\t(.*)/s);
      return [path, Number(facts.trim().split(/\s+/)[3])];
    }),
  );
}
