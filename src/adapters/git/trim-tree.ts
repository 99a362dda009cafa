import { join } from "node:path";
import { type Change, ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import { changedFiles, type RawFile } from "./changed-files.ts";
import { packTree } from "./pack-tree.ts";
import { askGit, runGit } from "./run-git.ts";
import { joinRecords } from "./split-records.ts";

/** A longer text is no patch that anybody reads, in bytes; git then says only that the file differs. */
const patchFileBytes = "4m";

/** What is to be put back, in a repository with the objects of the change that nobody but the host writes. */
export type TrimOrder = {
  gitDir: string;
  /** Where files are put that are no part of the repository. */
  root: string;
  change: Change;
  paths: ReadonlySet<string>;
  offered: ReadonlySet<string>;
};

/** The tree without what was put back, its files, its objects as a pack, and what was put back as a patch, if asked. */
export type Trimmed = {
  tree: ObjectId;
  files: RawFile[];
  gone: RawFile[];
  packFile: string;
  patchFile?: string;
};

/** Writes the tree of a change in which some paths are as in the base, from objects alone and without any checkout. */
export async function trimTree(order: TrimOrder): Promise<Trimmed> {
  const { gitDir, root, change, paths, offered } = order;
  const before = change.base.tree;
  const all = await changedFiles({ gitDir, before, after: change.tree });
  const gone = all.filter(({ path }) => paths.has(path));
  const tree = await writeTreeWith(gitDir, { from: change.tree, files: gone, side: "before" });
  const files = await changedFiles({ gitDir, before, after: tree });
  assertExact(files, all.length - gone.length, paths);
  const packFile = await packTree(gitDir, { name: join(root, "trimmed"), tree, without: before });
  const shown = gone.filter(({ path }) => offered.has(path));
  if (shown.length === 0) return { tree, files, gone, packFile };
  const patchFile = await writePatch(gitDir, { root, base: before, files: shown });
  return { tree, files, gone, packFile, patchFile };
}

/** A tree in which some files are as on one side of theirs. What goes is written first, to be in nobody's way. */
async function writeTreeWith(
  gitDir: string,
  { from, files, side }: { from: ObjectId; files: RawFile[]; side: "before" | "after" },
): Promise<ObjectId> {
  const at = { gitDir };
  const nothing = "0".repeat(from.length);
  const lines = files.map((file) => ({ rawPath: file.rawPath, entry: file[side] }));
  const sorted = [...lines.filter(({ entry }) => !entry), ...lines.filter(({ entry }) => entry)];
  const records = sorted.map(({ rawPath, entry }) =>
    Buffer.concat([Buffer.from(`${entry?.mode ?? 0} ${entry?.id ?? nothing}\t`), rawPath]),
  );
  await runGit(["read-tree", ObjectId.parse(from)], { at });
  await runGit(["update-index", "-z", "--index-info"], { at, input: joinRecords(records) });
  return ObjectId.parse(await askGit(["write-tree"], { at }));
}

/** Whoever chose the paths must have chosen all that stands in their way; else more would go than was said. */
function assertExact(left: RawFile[], expected: number, paths: ReadonlySet<string>): void {
  const stays = left.find(({ path }) => paths.has(path));
  if (stays) throw new Failure("bug", `${JSON.stringify(stays.path)} could not be put back`);
  if (left.length !== expected)
    throw new Failure("bug", `putting paths back left ${left.length} changed files and not ${expected}`);
}

/** Written by git itself, however long it is. Attributes of the repository have no say in what counts as text. */
async function writePatch(
  gitDir: string,
  { root, base, files }: { root: string; base: ObjectId; files: RawFile[] },
): Promise<string> {
  const after = await writeTreeWith(gitDir, { from: base, files, side: "after" });
  const file = join(root, "trimmed.patch");
  const argv = ["diff-tree", "-r", "-p", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv"];
  const settings = { "core.bigFileThreshold": patchFileBytes, "core.quotePath": "true" };
  await runGit([...argv, `--output=${file}`, base, after], { at: { gitDir, settings } });
  return file;
}
