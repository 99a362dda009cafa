import { createHash } from "node:crypto";
import type { HistoryEntry, HistoryLine, Task } from "../task/task.ts";
import { canonicalJson } from "./canonical-json.ts";

/** What stands before the first line. */
const beginning = "drafthorse history 1";

/** The entries as lines, each with the SHA-256 over the line before and itself, and the task with the last of them. */
export function chained(
  { task, entries }: { task: Task; entries: HistoryEntry[] },
  head: string | undefined,
): { task: Task; lines: HistoryLine[] } {
  const lines: HistoryLine[] = [];
  for (const entry of entries) lines.push({ ...entry, sha256: linkOf(lines.at(-1)?.sha256 ?? head, entry) });
  const historyHead = lines.at(-1)?.sha256 ?? head;
  return { task: { ...task, ...(historyHead && { historyHead }) }, lines };
}

/** The number of the first line whose hash is not that of what stands before it and in it; undefined if all hold. */
export function findBreak(lines: HistoryLine[]): number | undefined {
  const chain = lines.findIndex(({ sha256 }) => sha256 !== undefined);
  // What an earlier version wrote stands unchained before all the rest; behind a hash there is no line without one.
  const broken = lines.findIndex((line, at) => {
    if (at < chain || chain === -1) return false;
    const { sha256, ...entry } = line;
    return sha256 !== linkOf(lines[at - 1]?.sha256, entry);
  });
  return broken === -1 ? undefined : broken + 1;
}

function linkOf(previous: string | undefined, entry: HistoryEntry): string {
  const { at, what, by, details } = entry;
  return createHash("sha256")
    .update(`${previous ?? beginning}\n${canonicalJson({ at, what, by, details })}`)
    .digest("hex");
}
