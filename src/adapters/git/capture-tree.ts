import { chmod, lstat, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Base, ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import type { Sandbox } from "../../ports/workshop.ts";
import type { AttemptPaths } from "./attempt-paths.ts";
import { bareRepository } from "./bare-repository.ts";
import { type ConfinedPlace, confinedGit, outputFile, outputOf } from "./confined-git.ts";
import { type LargeFiles, largeFiles } from "./large-files.ts";
import { gitlinksOf } from "./read-gitmodules.ts";
import { removeTree } from "./remove-tree.ts";
import { runGit } from "./run-git.ts";
import { joinRecords } from "./split-records.ts";

/** What a worktree is read with; `excluded` are paths that stay as they are in the base. */
export type CaptureOrder = {
  paths: AttemptPaths;
  base: Base;
  objects: string;
  excluded: string[];
  sandbox: Sandbox;
};

/** The tree that a worktree amounts to; its new objects are in the file `pack`. */
export type Captured = { tree: ObjectId; trouble: string[] };

/**
 * The index is refreshed first: `add` would write every unchanged file anew, since it cannot touch the borrowed
 * objects to say that they are in use. Exit code 1 of `add` says that it went on without something, be it an ignored
 * path that we excluded ourselves; so its words tell, and only those that matter, lest a flood hide them.
 * Then a file whose very bytes are the base's counts as untouched, whatever attributes would make of it now: a
 * repository that declares `text` but holds CRLF would otherwise show changes that nobody made. Names come quoted.
 */
const addScript = `set -e
git update-index -z --assume-unchanged --stdin <"$LISTS/kept"
git update-index -q --refresh >/dev/null 2>&1 || :
git add --all --ignore-errors --pathspec-from-file="$LISTS/pathspec" --pathspec-file-nul 2>"$GIT_DIR/words" ||
  [ $? -eq 1 ] || { tail -n 5 "$GIT_DIR/words" >&2; exit 1; }
cd "$GIT_DIR"
git diff-index --cached --raw --no-abbrev --no-renames --diff-filter=M "$BASE" >raw
grep '^:100' raw >modified || :
cut -f2- modified | git -C "$GIT_WORK_TREE" hash-object --no-filters --stdin-paths >ids
paste ids modified | awk -F '\\t' '{ split($2, f, " ") } f[3] == $1 { print f[2] " " f[3] "\\t" $3 }' >same
git update-index --index-info <same
grep -E '^(error|warning: could not open directory)' words | head -n 20 >&2
git write-tree`;

const packScript = 'git pack-objects --quiet --revs --stdout --delta-base-offset <"$LISTS/revisions"';

/** Reads a worktree as a tree: with a git dir that no agent has seen, and inside the sandbox. */
export async function captureTree(order: CaptureOrder): Promise<Captured> {
  const { paths, base } = order;
  const place = await prepareCapture(order);
  const links = [...(await gitlinksOf({ gitDir: paths.capture, tree: base.tree })).keys()];
  const large = await largeFiles({ place, tree: base.tree, excluded: [...order.excluded, ...links] });
  // Git adds nothing from inside a submodule anyway, and refuses to be told of a path there.
  const excluded = order.excluded.filter((path) => !links.some((link) => path.startsWith(`${link}/`)));
  await writeFile(join(place.lists, "kept"), joinRecords(large.tracked));
  await writeFile(join(place.lists, "pathspec"), pathspec(excluded, large));
  const added = await confinedGit(addScript, place);
  const tree = ObjectId.parse((await outputOf(added)).toString("latin1").trim());
  await writeFile(join(place.lists, "revisions"), `${tree}\n^${base.tree}\n`);
  outputFile(await confinedGit(packScript, { ...place, output: paths.pack }));
  return { tree, trouble: [...large.reasons, ...sentences(added.words)] };
}

async function prepareCapture({ paths, base, objects, sandbox }: CaptureOrder): Promise<ConfinedPlace> {
  const lists = join(paths.root, "lists");
  await openToUs(paths.work);
  await Promise.all([removeTree(paths.capture), removeTree(lists)]);
  await mkdir(lists, { recursive: true });
  await bareRepository(paths.capture, [objects]);
  await runGit(["read-tree", base.tree], { at: { gitDir: paths.capture } });
  const output = join(paths.root, "capture.out");
  const shown = { readable: [objects], lists, base: base.tree };
  return { sandbox, gitDir: paths.capture, workTree: paths.work, output, ...shown };
}

/** An agent may have closed its own worktree; without a sandbox it may have put something else in its place. */
async function openToUs(work: string): Promise<void> {
  const found = await lstat(work);
  if (!found.isDirectory()) throw new Failure("agent-failed", `${work} is no directory any more`);
  if ((found.mode & 0o700) !== 0o700) await chmod(work, 0o755);
}

function pathspec(excluded: string[], large: LargeFiles): Buffer {
  const without = [...excluded.map((path) => Buffer.from(path)), ...large.untracked];
  const magic = Buffer.from(":(top,literal,exclude)");
  return joinRecords([Buffer.from(":(top)"), ...without.map((path) => Buffer.concat([magic, path]))]);
}

function sentences(words: string): string[] {
  const lines = words.split("\n").filter((line) => /^(error|warning: could not open)/.test(line));
  return lines.map((line) => `git could not take everything: ${line}`);
}
