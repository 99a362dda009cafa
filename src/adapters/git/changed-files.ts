import { type ChangedFile, ObjectId } from "../../domain/evidence/change.ts";
import { Failure } from "../../domain/task/failure.ts";
import { runGit } from "./run-git.ts";
import { splitRecords } from "./split-records.ts";

/** Two trees in a repository that only the host writes. */
export type TreePair = { gitDir: string; before: ObjectId; after: ObjectId };

/** A changed file, with its path as git has it: it need not be text. */
export type RawFile = ChangedFile & { rawPath: Buffer };

/** The files that differ between two trees, from objects alone: a rename is a deletion and an addition. */
export async function changedFiles({ gitDir, before, after }: TreePair): Promise<RawFile[]> {
  const argv = ["diff-tree", "-r", "-z", "--raw", "--no-renames", "--full-index", "--no-ext-diff"];
  const raw = await runGit([...argv, ObjectId.parse(before), ObjectId.parse(after)], { at: { gitDir } });
  const entries = pairs(splitRecords(raw));
  const sizes = await sizesOf(gitDir, entries);
  return entries.map(({ before: old, after: present, rawPath }) => ({
    path: rawPath.toString("utf8"),
    rawPath,
    before: old,
    after: present && { ...present, bytes: sizes.get(present.id) ?? 0 },
  }));
}

/** The files without what only git needs. */
export function plainFiles(files: RawFile[]): ChangedFile[] {
  return files.map(({ path, before, after }) => ({ path, before, after }));
}

type FileSide = { mode: string; id: ObjectId } | null;
type RawChange = { before: FileSide; after: FileSide; rawPath: Buffer };

function pairs(parts: Buffer[]): RawChange[] {
  return parts.flatMap((head, index) => {
    const rawPath = parts[index + 1];
    return index % 2 === 0 && rawPath ? [{ ...sides(head.toString("latin1")), rawPath }] : [];
  });
}

function sides(head: string): { before: FileSide; after: FileSide } {
  const line = /^:(?<oldMode>\d{6}) (?<newMode>\d{6}) (?<oldId>[0-9a-f]+) (?<newId>[0-9a-f]+) [AMDT]$/.exec(
    head,
  );
  if (!line?.groups) throw new Failure("git", `git diff-tree: unexpected line ${JSON.stringify(head)}`);
  const { oldMode, newMode, oldId, newId } = line.groups;
  return { before: side(oldMode, oldId), after: side(newMode, newId) };
}

function side(mode = "", id = ""): FileSide {
  return mode === "000000" ? null : { mode, id };
}

/** A submodule's commit is in no repository of ours, hence without a size. */
async function sizesOf(gitDir: string, entries: RawChange[]): Promise<Map<string, number>> {
  const ids = entries.flatMap(({ after }) => (after && after.mode !== "160000" ? [after.id] : []));
  const format = "--batch-check=%(objectname) %(objectsize)";
  const lines = await runGit(["cat-file", format], {
    at: { gitDir },
    input: ids.map((id) => `${id}\n`).join(""),
  });
  return new Map(
    lines
      .toString("latin1")
      .split("\n")
      .map((line) => line.split(" "))
      .map(([id = "", bytes]) => [id, Number(bytes)]),
  );
}
