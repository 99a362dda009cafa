import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Base, ObjectId } from "../../domain/evidence/change.ts";
import { borrow } from "./bare-repository.ts";
import { type PlacedSubmodule, placeSubmodules } from "./place-submodules.ts";
import { removeTree } from "./remove-tree.ts";
import { askGit, runGit } from "./run-git.ts";

/** More proofs than any attempt has: a bound for the search of a free name. */
const proofs = 1_000;

/** Who made the commit of a clean checkout. */
const author = "Drafthorse <drafthorse@localhost>";

/** Nothing in it runs anything. Inside the sandbox the owner looks different, and the files are to count as clean. */
const settings = `[core]
	repositoryformatversion = 0
	filemode = true
	bare = false
	logallrefupdates = false
	checkStat = minimal
`;

/** A tree, the commit of people's that it came from, and the objects directories that have both; `mirror` has the tags. */
export type ExportOrder = {
  tree: ObjectId;
  base: Base;
  alternates: string[];
  mirror: string;
  /** Those that the tree has, and those inside them. */
  submodules: PlacedSubmodule[];
};

/** A checkout, and what a command that asks git there must be shown. */
export type Exported = { directory: string; readable: string[] };

/** Checks a tree out into a directory of its own below `root`; `inner` is a folder that is made there for it. */
export async function exportTree({
  root,
  inner = "",
  ...order
}: ExportOrder & { root: string; inner?: string }): Promise<Exported> {
  const directory = join(await freshDirectory(root), inner);
  await mkdir(directory, { recursive: true });
  return checkOutTree({ ...order, directory });
}

/**
 * Checks a tree out into an empty directory, with a repository that is true and harmless: HEAD has the tree, on the history
 * of the base, whose branch and tags are there; no remote, no hook. The host runs git in it this once, before anybody else
 * has had it. See docs/adr/0037.
 */
export async function checkOutTree(order: ExportOrder & { directory: string }): Promise<Exported> {
  const { directory, alternates } = order;
  const tree = ObjectId.parse(order.tree);
  const gitDir = join(directory, ".git");
  await mkdir(join(gitDir, "refs"), { recursive: true });
  await borrow(join(gitDir, "objects"), alternates);
  await writeFile(join(gitDir, "config"), settings);
  await writeFile(join(gitDir, "packed-refs"), await refsOf(order));
  // HEAD comes last: without it there is no repository.
  await writeFile(join(gitDir, "HEAD"), `${order.base.commit}\n`);
  await runGit(["read-tree", "--reset", "-u", tree], { at: { gitDir, workTree: directory } });
  await writeFile(join(gitDir, "HEAD"), `${await commitForExport({ gitDir, tree, base: order.base })}\n`);
  await placeForGood(order.submodules, directory);
  return { directory, readable: alternates };
}

async function placeForGood(submodules: PlacedSubmodule[], directory: string): Promise<void> {
  if (submodules.length === 0) return;
  const gitDir = `${directory}.submodules`;
  await placeSubmodules(submodules, { directory, gitDir });
  await removeTree(gitDir);
}

/** The tags that the mirror knows, and the branch that the base was taken from, as it would be after a clone. */
async function refsOf({ mirror, base }: ExportOrder): Promise<string> {
  const tags = await runGit(["for-each-ref", "--format=%(objectname) %(refname)", "refs/tags"], {
    at: { gitDir: mirror },
  });
  const places = ObjectId.safeParse(base.ref).success ? [] : ["refs/heads", "refs/remotes/origin"];
  const branch = places.map((place) => `${base.commit} ${place}/${base.ref}\n`);
  return `${tags.toString("utf8")}${branch.join("")}`;
}

/** The base itself where it is the tree's; else a commit on it that is the same whenever it is made. */
async function commitForExport({
  gitDir,
  tree,
  base,
}: Pick<ExportOrder, "tree" | "base"> & { gitDir: string }): Promise<string> {
  if (tree === base.tree) return base.commit;
  const at = await askGit(["show", "--no-patch", "--format=%ct", base.commit], { at: { gitDir } });
  const who = `${author} ${at} +0000`;
  const lines = [`tree ${tree}`, `parent ${base.commit}`, `author ${who}`, `committer ${who}`];
  const input = `${lines.join("\n")}\n\nThe change that is measured\n`;
  return askGit(["hash-object", "-t", "commit", "-w", "--stdin"], { at: { gitDir }, input });
}

async function freshDirectory(root: string, number = 1): Promise<string> {
  const directory = join(root, `proof-${number}`);
  await mkdir(root, { recursive: true });
  try {
    await mkdir(directory);
    return directory;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST" || number >= proofs) throw error;
    return freshDirectory(root, number + 1);
  }
}
