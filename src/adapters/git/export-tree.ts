import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { ObjectId } from "../../domain/change.ts";
import { bareRepository } from "./bare-repository.ts";
import { removeTree } from "./remove-tree.ts";
import { runGit } from "./run-git.ts";

/** More proofs than any attempt has: a bound for the search of a free name. */
const PROOFS = 1_000;

/** Checks a tree out into a directory of its own below `root`, which holds the files and nothing of git. */
export async function exportTree(order: {
  root: string;
  alternates: string[];
  tree: ObjectId;
}): Promise<string> {
  const directory = await freshDirectory(order.root);
  await checkOutTree({ ...order, directory });
  return directory;
}

/** Checks a tree out into an empty directory, which then holds the files and nothing of git. */
export async function checkOutTree(order: {
  directory: string;
  alternates: string[];
  tree: ObjectId;
}): Promise<void> {
  const { directory } = order;
  await mkdir(directory, { recursive: true });
  const gitDir = `${directory}.git`;
  await bareRepository(gitDir, order.alternates);
  await runGit(["read-tree", "--reset", "-u", ObjectId.parse(order.tree)], {
    at: { gitDir, workTree: directory },
  });
  await removeTree(gitDir);
}

async function freshDirectory(root: string, number = 1): Promise<string> {
  const directory = join(root, `proof-${number}`);
  await mkdir(root, { recursive: true });
  try {
    await mkdir(directory);
    return directory;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number >= PROOFS) throw error;
    return freshDirectory(root, number + 1);
  }
}
