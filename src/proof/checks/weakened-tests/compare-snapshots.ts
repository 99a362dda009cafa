import type { Weakness } from "./weakness.ts";

/** Both sides of one file of recorded results. */
export type SnapshotFile = { path: string; before: string; after: string };

/** Whether a path holds what tests recorded to compare with. */
export function isSnapshotPath(path: string): boolean {
  return /(^|\/)(__snapshots__|snapshots)\/[^/]+$|\.(snap|ambr|snapshot)$/.test(path);
}

/** Finds recorded results that were rewritten or are gone; a result under another name is kept. */
export function compareSnapshots(files: SnapshotFile[]): Weakness[] {
  const kept = new Set(files.flatMap(({ after }) => [...recordsOf(after).values()]));
  return files.flatMap(({ path, before, after }) => {
    const [was, is] = [recordsOf(before), recordsOf(after)];
    const rewritten = [...was].filter(([name, value]) => is.has(name) && is.get(name) !== value).length;
    const gone = [...was].filter(([name, value]) => !is.has(name) && !kept.has(value)).length;
    return [
      ...(rewritten > 0 ? [attention(path, `${rewritten} of ${was.size} snapshot(s) rewritten`)] : []),
      ...(gone > 0 ? [attention(path, `${gone} of ${was.size} snapshot(s) deleted`)] : []),
    ];
  });
}

/** Jest's and Vitest's records by name; any other format is one record. */
function recordsOf(text: string): Map<string, string> {
  const records = new Map<string, string>();
  for (const part of text.split(/^exports\[`/m).slice(1)) {
    const end = part.indexOf("`]");
    records.set(part.slice(0, end), part.slice(end).trim());
  }
  if (records.size === 0 && text.trim() !== "" && !text.startsWith("//")) records.set("", text.trim());
  return records;
}

function attention(path: string, message: string): Weakness {
  return { weight: "attention", path, line: undefined, message };
}
