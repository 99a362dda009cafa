import type { ObjectId } from "../../domain/evidence/change.ts";
import { askGit } from "./run-git.ts";

/** Packs the objects of a tree that another does not have; `name` is how the file's path begins. Resolves to the whole path. */
export async function packTree(
  gitDir: string,
  { name, tree, without }: { name: string; tree: ObjectId; without: ObjectId },
): Promise<string> {
  const argv = ["pack-objects", "--quiet", "--revs", "--delta-base-offset", name];
  const id = await askGit(argv, { at: { gitDir }, input: `${tree}\n^${without}\n` });
  return `${name}-${id}.pack`;
}
