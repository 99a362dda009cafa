import { rm } from "node:fs/promises";
import { ObjectId } from "../../domain/evidence/change.ts";
import { changedFiles, type RawFile } from "./changed-files.ts";
import { runGit } from "./run-git.ts";

/** A repository that only the host writes, and a path for an index that is gone afterwards. */
export type ComposePlace = { gitDir: string; index: string };

/** Writes the tree that is `before` but for `paths`, which are as in `after`; resolves to its id. */
export async function composeTree(
  { gitDir, index }: ComposePlace,
  { before, after, paths }: { before: ObjectId; after: ObjectId; paths: string[] },
): Promise<ObjectId> {
  const wanted = new Set(paths);
  const files = (await changedFiles({ gitDir, before, after })).filter(({ path }) => wanted.has(path));
  const at = { gitDir, index };
  try {
    await runGit(["read-tree", ObjectId.parse(before)], { at });
    await runGit(["update-index", "--add", "--replace", "-z", "--index-info"], {
      at,
      input: indexInfo(files),
    });
    return ObjectId.parse((await runGit(["write-tree"], { at })).toString("latin1").trim());
  } finally {
    await rm(index, { force: true });
  }
}

/** Deletions first: a folder may take the place of a file. */
function indexInfo(files: RawFile[]): Buffer {
  const gone = files.filter(({ after }) => after === null);
  const there = files.filter(({ after }) => after !== null);
  return Buffer.concat(
    [...gone, ...there].flatMap(({ before, after, rawPath }) => {
      const side = after ?? { mode: "0", id: "0".repeat(before?.id.length ?? 40) };
      return [Buffer.from(`${side.mode} ${side.id}\t`), rawPath, Buffer.of(0)];
    }),
  );
}
