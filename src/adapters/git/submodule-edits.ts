import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Base } from "../../domain/evidence/change.ts";
import type { Sandbox } from "../../ports/workshop.ts";
import type { AttemptPaths } from "./attempt-paths.ts";
import { confinedGit, outputOf } from "./confined-git.ts";
import { splitRecords } from "./split-records.ts";

/** More names than these help nobody. */
const named = 100;
/** A longer list is not read, in bytes. */
const listBytes = 16 * 1024 * 1024;

/** Built files that the repository or the submodule ignores are no edit. */
const list = `set -e
git update-index -q --refresh >/dev/null 2>&1 || :
git diff-files --name-only -z --no-ext-diff
GIT_LITERAL_PATHSPECS=1 xargs -0 git ls-files --others --exclude-standard -z -- <"$LISTS/submodules"`;

/** What an agent has edited, removed or added inside the submodules of its worktree, which no capture takes. */
export async function submoduleEdits(
  submodules: { path: string; objects: string }[],
  { paths, base, excluded, sandbox }: EditsOrder,
): Promise<string[]> {
  if (submodules.length === 0) return [];
  const lists = join(paths.root, "lists");
  await mkdir(lists, { recursive: true });
  await writeFile(join(lists, "submodules"), submodules.map(({ path }) => `${path}\0`).join(""));
  const listed = await confinedGit(list, {
    ...{ sandbox, gitDir: paths.submodules, workTree: paths.work, lists, base: base.tree },
    readable: [...new Set(submodules.map(({ objects }) => objects))],
    ...{ output: join(paths.root, "edits.out"), most: listBytes },
  });
  const edited = splitRecords(await outputOf(listed)).map((record) => record.toString("utf8"));
  const within = (path: string, places: string[]) =>
    places.some((place) => `${path}/`.startsWith(`${place}/`));
  const places = submodules.map(({ path }) => path);
  const own = [...new Set(edited)].filter((path) => within(path, places) && !within(path, excluded));
  return own.sort().slice(0, named);
}

/** The worktree that is looked at; `excluded` is what set-up made. */
export type EditsOrder = { paths: AttemptPaths; base: Base; excluded: string[]; sandbox: Sandbox };
