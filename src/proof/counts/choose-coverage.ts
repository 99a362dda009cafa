import type { LeftFile, LeftFiles } from "../../ports/workshop.ts";

/** What is read of one file of coverage, of all together, and how many. */
export const coverageBounds = { fileBytes: 16 * 1024 * 1024, totalBytes: 32 * 1024 * 1024, files: 50 };

/** Names that the tools which write LCOV, Cobertura and Clover give by themselves; what is in them decides. */
const names =
  /(?:^|\/)(?:[\w.-]*lcov[\w.-]*|[\w.-]*\.lcov|[\w.-]*(?:coverage|cobertura|clover)[\w.-]*\.xml)$/i;
const ends = /\.(?:info|lcov|xml)$/i;
const foreign = /(?:^|\/)(?:node_modules|vendor|\.?venv|site-packages|_*fixtures?_*|testdata)\//i;
/** It is named in the row. */
const plain = /^[\w.@/ -]+$/;
const longestPath = 300;

/** The files of coverage that a run wrote: what was there before it is not its own, and what is too large is left. */
export function chooseCoverage(before: LeftFiles, after: LeftFiles): LeftFile[] {
  const old = new Set(before.files.map(({ path }) => path));
  const chosen: LeftFile[] = [];
  let room = coverageBounds.totalBytes;
  for (const file of after.files.filter(({ path }) => !old.has(path) && isCoveragePath(path))) {
    if (chosen.length === coverageBounds.files) break;
    if (file.bytes > Math.min(room, coverageBounds.fileBytes)) continue;
    chosen.push(file);
    room -= file.bytes;
  }
  return chosen;
}

function isCoveragePath(path: string): boolean {
  return (
    path.length <= longestPath &&
    plain.test(path) &&
    names.test(path) &&
    ends.test(path) &&
    !foreign.test(path)
  );
}
