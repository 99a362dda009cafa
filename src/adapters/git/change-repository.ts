import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Change } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Artefacts } from "../../ports/store.ts";
import type { AttemptPaths } from "./attempt-paths.ts";
import { bareRepository } from "./bare-repository.ts";
import { isGitTrouble } from "./git-failure.ts";
import { removeTree } from "./remove-tree.ts";
import { runGit } from "./run-git.ts";

/** Where the objects of a change are: its own repository, which borrows the base's from the mirror. */
export type ChangePlace = { paths: AttemptPaths; objects: string };

/** A pack among the artefacts, and the tree that it was made for. */
type Pack = { name: string; tree: string } & ({ file: string } | { content: Uint8Array });

/** How the reason begins for which git's own check does not let a change pass. */
const refused = "git itself refuses what is in it: ";

/**
 * Makes the repository of a change from its pack, which is checked object by object. What the check says against it, be it
 * of a `.gitmodules`, is resolved to as reasons why nobody may publish or check it out; the work is kept all the same.
 */
export async function makeChangeRepository(place: ChangePlace, pack: Pack): Promise<string[]> {
  try {
    await takeIn(place, pack, ["--strict"]);
    return [];
  } catch (thrown) {
    if (!isGitTrouble(thrown, "refused")) throw thrown;
    await takeIn(place, pack, []);
    const said = thrown.message.replace(/^git index-pack: (?:error: )?(?:object [0-9a-f]+: )?/, "");
    return [`${refused}${said.split("\n", 1)[0]}`];
  }
}

/** Whether a reason is one of git's own check. */
export function isOfGitsCheck(reason: string): boolean {
  return reason.startsWith(refused);
}

async function takeIn({ paths, objects }: ChangePlace, pack: Pack, how: string[]): Promise<void> {
  await removeTree(paths.change);
  await bareRepository(paths.change, [objects]);
  const input = "file" in pack ? { inputFile: pack.file } : { input: pack.content };
  await runGit(["index-pack", ...how, "--stdin"], { at: { gitDir: paths.change }, ...input });
  await writeFile(nameFile(paths), nameOfPack(pack));
}

/** The repository of a change, made again from the artefact where it is gone. */
export async function findChangeRepository(
  place: ChangePlace & { artefacts: Artefacts },
  change: Change,
): Promise<string> {
  const file = nameFile(place.paths);
  const name = existsSync(file) ? await readFile(file, "utf8") : undefined;
  const pack = { name: change.pack, tree: change.tree };
  if (name === nameOfPack(pack)) return place.paths.change;
  if (change.pack === "") return withoutPack(place);
  const content = await place.artefacts.read(change.pack);
  if (!content) throw new Failure("storage", `the pack ${change.pack} is not among the artefacts`);
  await makeChangeRepository(place, { ...pack, content });
  return place.paths.change;
}

/** A change that brings no objects of its own: the mirror has them all. */
async function withoutPack({ paths, objects }: ChangePlace): Promise<string> {
  await removeTree(paths.change);
  await bareRepository(paths.change, [objects]);
  await writeFile(nameFile(paths), nameOfPack({ name: "", tree: "" }));
  return paths.change;
}

/** A step that two machines did has one name and may have two trees. A change without a pack has the objects of any. */
function nameOfPack({ name, tree }: Pick<Pack, "name" | "tree">): string {
  return name === "" ? "" : `${name} ${tree}`;
}

/** Written last, so that a repository without it is one that was never finished. */
function nameFile({ change }: AttemptPaths): string {
  return join(change, "drafthorse-pack");
}
