import type { ChangedFile } from "../../domain/evidence/change.ts";
import { changedFiles, type TreePair } from "./changed-files.ts";
import { runGit } from "./run-git.ts";
import { splitRecords } from "./split-records.ts";

/** A longer file is data in which nobody counts lines, in bytes. */
const countedBytes = "4m";
/** Of more files than this git looks for moves only among those of equal content: it would compare each with each. */
const moves = 400;

/** The files that differ between two trees, with the lines that came and went and with where moved files were. */
export async function compareTrees(trees: TreePair): Promise<ChangedFile[]> {
  const [files, lines, origins] = await Promise.all([
    changedFiles(trees),
    countLines(trees),
    findOrigins(trees),
  ]);
  return files.map(({ rawPath, path, before, after }) => {
    const key = rawPath.toString("latin1");
    const count = lines.get(key);
    const from = origins.get(key);
    return {
      ...{ path, before, after },
      ...(from !== undefined && { from: Buffer.from(from, "latin1").toString("utf8") }),
      ...(count !== undefined && { lines: count }),
    };
  });
}

/** Path → lines. A side without lines, be it a submodule's, is counted as git counts it. */
async function countLines(trees: TreePair): Promise<Map<string, ChangedFile["lines"] & (object | null)>> {
  const records = await diff(trees, ["--numstat", "--no-renames"]);
  return new Map(
    records.map((record) => {
      const [added = "-", removed = "-", path = ""] = record.split(/\t(.*?)\t(.*)/s);
      return [path, added === "-" ? null : { added: Number(added), removed: Number(removed) }];
    }),
  );
}

/** Path → the path that git sees it moved or copied from, both as latin1, which keeps every byte. */
async function findOrigins(trees: TreePair): Promise<Map<string, string>> {
  const records = await diff(trees, ["--raw", "-M", "-C", `-l${moves}`, "--diff-filter=RC"]);
  return new Map(
    records.flatMap((head, index) => {
      const [from, to] = [records[index + 1], records[index + 2]];
      return head.startsWith(":") && index % 3 === 0 && from && to ? [[to, from] as const] : [];
    }),
  );
}

async function diff({ gitDir, before, after }: TreePair, how: string[]): Promise<string[]> {
  const settings = { "core.bigFileThreshold": countedBytes };
  const argv = ["diff-tree", "-r", "-z", "--no-ext-diff", "--no-textconv", ...how, before, after];
  const written = await runGit(argv, { at: { gitDir, settings } });
  return splitRecords(written).map((record) => record.toString("latin1"));
}
