import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import type { Base, Submodule } from "../../domain/evidence/change.ts";
import { presentSubmodules } from "../../domain/evidence/submodules.ts";
import { bareRepository } from "./bare-repository.ts";
import { gitlinksOf } from "./read-gitmodules.ts";
import { removeTree } from "./remove-tree.ts";
import { runGit } from "./run-git.ts";
import { joinRecords, splitRecords } from "./split-records.ts";
import type { TreeAt } from "./tree-files.ts";

/** A submodule whose files belong into a checkout, and the objects directory that has its commit. */
export type PlacedSubmodule = { path: string; commit: string; objects: string };

/** The submodules of a base that a tree still has where the base had them, and those inside them. */
export async function submodulesIn(at: TreeAt, base: Base): Promise<Submodule[]> {
  const present = presentSubmodules(base);
  if (present.length === 0) return [];
  const links = await gitlinksOf(at);
  const there: Submodule[] = [];
  for (const one of present)
    if (links.get(one.path) === one.commit || there.some(({ path }) => one.path.startsWith(`${path}/`)))
      there.push(one);
  return there;
}

/**
 * Puts the files of submodules into a checkout that nobody else has had: plain files without a repository, so that git
 * there takes them for neither changed nor new. `gitDir` is made for it; its index is what was put there.
 */
export async function placeSubmodules(
  submodules: PlacedSubmodule[],
  { directory, gitDir }: { directory: string; gitDir: string },
): Promise<void> {
  await removeTree(gitDir);
  await bareRepository(gitDir, [...new Set(submodules.map(({ objects }) => objects))]);
  // Inside the sandbox the owner looks different, and the files are to count as unchanged.
  await appendFile(join(gitDir, "config"), "\tcheckStat = minimal\n");
  const at = { gitDir, workTree: directory };
  const lines: Buffer[] = [];
  for (const { path, commit } of submodules) lines.push(...(await indexLines(gitDir, { path, commit })));
  await runGit(["update-index", "-z", "--index-info"], { at, input: joinRecords(lines) });
  await runGit(["checkout-index", "--all", "--quiet", "--index"], { at });
}

async function indexLines(
  gitDir: string,
  { path, commit }: Omit<PlacedSubmodule, "objects">,
): Promise<Buffer[]> {
  const listed = splitRecords(
    await runGit(["ls-tree", "-r", "-z", "--full-tree", commit], { at: { gitDir } }),
  );
  return listed
    .filter((record) => !record.toString("latin1").startsWith("160000 "))
    .map((record) => {
      const tab = record.indexOf("\t") + 1;
      return Buffer.concat([record.subarray(0, tab), Buffer.from(`${path}/`), record.subarray(tab)]);
    });
}
