import { existsSync, statSync } from "node:fs";
import { join } from "node:path";
import { succeedsInGit } from "./run-git.ts";

/**
 * Tells whether a repository has a tree, and asks git once for each: an attempt wants to know it twenty times. What was
 * found is forgotten when a fetch or somebody's hand has changed the objects' directories.
 */
export function rememberedTrees(): (gitDir: string, tree: string) => Promise<boolean> {
  const known = new Map<string, { state: string; trees: Set<string> }>();
  return async (gitDir, tree) => {
    if (!existsSync(gitDir)) return false;
    const state = objectsState(gitDir);
    const before = known.get(gitDir);
    const trees = before?.state === state ? before.trees : new Set<string>();
    if (trees.has(tree)) return true;
    const isThere = await succeedsInGit(["cat-file", "-e", `${tree}^{tree}`], { gitDir });
    if (isThere) known.set(gitDir, { state, trees: trees.add(tree) });
    return isThere;
  };
}

/** Which directories the objects lie in, and when one came or went; what is not there has none. */
function objectsState(gitDir: string): string {
  const stats = ["objects", "objects/pack"].map((name) =>
    statSync(join(gitDir, name), { bigint: true, throwIfNoEntry: false }),
  );
  return stats.map((stat) => `${stat?.ino}:${stat?.mtimeNs}`).join(" ");
}
