import { join } from "node:path";
import { type Base, type Change, ObjectId } from "../../domain/evidence/change.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { Objects } from "../../ports/workshop.ts";
import { type ChangePlace, makeChangeRepository } from "./change-repository.ts";
import { plainFiles } from "./changed-files.ts";
import { packTree } from "./pack-tree.ts";
import { askGit, runGit } from "./run-git.ts";
import { splitRecords } from "./split-records.ts";
import { surveyFiles } from "./survey-files.ts";

type MergePlace = ChangePlace & { gitDir: string };

/** A merge that nobody made yet: the tree, and the paths at which the two sides contradict each other. */
type TriedMerge = { tree: ObjectId; conflicts: string[] };

/** How git ends where it found conflicts. */
const conflictsExit = 1;

/** Merges a change with a newer base in memory: no checkout, no hook, and no attribute of the repository has a say. */
export async function mergeInMemory(
  gitDir: string,
  { change, onto }: { change: Change; onto: Base },
): Promise<TriedMerge> {
  const ours = await writeCommit(gitDir, change);
  // A base whose history was replaced has nothing in common: all that both have is then a conflict, and is named.
  const argv = [
    "merge-tree",
    "--write-tree",
    "--allow-unrelated-histories",
    "--name-only",
    "--no-messages",
    "-z",
  ];
  const written = await runGit([...argv, ObjectId.parse(onto.commit), ours], {
    at: { gitDir },
    endsWell: [conflictsExit],
  });
  const [tree = "", ...paths] = splitRecords(written).map((record) => record.toString("utf8"));
  return { tree: ObjectId.parse(tree), conflicts: [...new Set(paths.filter((path) => path !== ""))] };
}

/** The change as a commit on its base, for git to find what both sides come from; no ref names it. */
async function writeCommit(gitDir: string, { base, tree }: Change): Promise<ObjectId> {
  const nobody = "drafthorse <drafthorse@localhost> 0 +0000";
  const text = `tree ${tree}\nparent ${base.commit}\nauthor ${nobody}\ncommitter ${nobody}\n\nThe change\n`;
  return ObjectId.parse(
    await askGit(["hash-object", "-t", "commit", "-w", "--stdin"], { at: { gitDir }, input: text }),
  );
}

/** The change on a newer base, under a pack of its own; or the paths of the conflicts, and nothing is written. */
export async function mergeChange(
  { change, onto, pack, place }: Parameters<Objects["merge"]>[1] & { change: Change; place: MergePlace },
  artefacts: Artefacts,
): ReturnType<Objects["merge"]> {
  const { gitDir, paths } = place;
  const { tree, conflicts } = await mergeInMemory(gitDir, { change, onto });
  if (conflicts.length > 0 || pack === undefined) return { conflicts };
  const file = await packTree(gitDir, { name: join(paths.root, "merged"), tree, without: onto.tree });
  const { files, reasons } = await surveyFiles({ gitDir, before: onto.tree, after: tree });
  const refused = await makeChangeRepository(place, { name: pack, tree, file });
  await artefacts.adopt(pack, file);
  const moved = { base: onto, tree, files: plainFiles(files), unpublishable: [...refused, ...reasons], pack };
  return { conflicts, change: { ...change, ...moved } };
}
