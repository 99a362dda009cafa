import { changedFiles, type RawFile, type TreePair } from "./changed-files.ts";
import { GitFailure } from "./git-failure.ts";
import { readBlob } from "./read-blob.ts";
import { runGit } from "./run-git.ts";
import { unpublishable } from "./unpublishable.ts";

/** More files than this no ledger should carry, and nobody looks at. */
const mostFiles = 20_000;
/** What the changed files may have together, in bytes: a pack of nothing but zeros would fill the disk where it is checked out. */
const mostBytes = 1024 ** 3;

/** The files that a capture changed, and why they could not be published; files beyond all bounds are not listed. */
export async function surveyFiles(trees: TreePair): Promise<{ files: RawFile[]; reasons: string[] }> {
  const count = await countFiles(trees);
  if (count > mostFiles)
    return {
      files: [],
      reasons: [`The change has ${shownCount(count)} files; ${mostFiles} are the most that are taken.`],
    };
  const files = await changedFiles(trees);
  const reasons = await unpublishable(files, (id) => readBlob(trees.gitDir, id));
  const bytes = files.reduce((sum, { after }) => sum + (after?.bytes ?? 0), 0);
  const large = `The changed files have ${bytes} bytes together; ${mostBytes} are the most that are taken.`;
  return { files, reasons: bytes > mostBytes ? [...reasons, large] : reasons };
}

function shownCount(count: number): string {
  return Number.isFinite(count) ? String(count) : "very many";
}

/** Counted before they are read: a million of them are nothing that belongs into our memory. */
async function countFiles({ gitDir, before, after }: TreePair): Promise<number> {
  const argv = ["diff-tree", "-r", "-z", "--name-only", "--no-renames", "--no-ext-diff", before, after];
  try {
    return (await runGit(argv, { at: { gitDir } })).reduce((sum, byte) => sum + (byte === 0 ? 1 : 0), 0);
  } catch (thrown) {
    if (thrown instanceof GitFailure && thrown.overflowed) return Number.POSITIVE_INFINITY;
    throw thrown;
  }
}
