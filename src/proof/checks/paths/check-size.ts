import type { ChangedFile } from "../../../domain/evidence/change.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { globFinder } from "../../../domain/paths/find-glob.ts";
import type { Grounds } from "./grounds.ts";

/** The check `size`: files and lines against the limits, and what no person reads line by line. */
export function checkSize({ policy, files }: Grounds): CheckRow<"size"> {
  const { limits, paths } = policy;
  const isIgnored = globFinder(paths.ignore);
  const counted = files.filter(({ path }) => isIgnored(path) === undefined);
  const added = sumLines(counted, "added");
  const removed = sumLines(counted, "removed");
  const over = [
    ...exceeding("files", counted.length, limits.files),
    ...exceeding("lines", added + removed, limits.lines),
  ];
  const binaries = counted.filter(({ after, lines }) => after && lines === null);
  const largest = counted.reduce<ChangedFile | undefined>(
    (a, b) => (bytesOf(b) > bytesOf(a) ? b : a),
    undefined,
  );
  return {
    name: "size",
    status: over.length > 0 ? "attention" : "pass",
    line: [
      `${counted.length} ${counted.length === 1 ? "file" : "files"}, +${added} −${removed} lines`,
      ...(binaries.length > 0 ? [`${binaries.length} binary`] : []),
      ...(largest?.after ? [`largest ${largest.after.bytes} bytes`] : []),
    ].join(", "),
    findings: [...over, ...binaries.map(binaryFinding)],
  };
}

function sumLines(files: ChangedFile[], side: "added" | "removed"): number {
  return files.reduce((total, { lines }) => total + (lines?.[side] ?? 0), 0);
}

function bytesOf(file: ChangedFile | undefined): number {
  return file?.after?.bytes ?? 0;
}

function exceeding(what: string, measured: number, limit: number): Finding[] {
  return measured > limit ? [{ message: `${measured} ${what}, where ${limit} are the limit` }] : [];
}

function binaryFinding({ path, after }: ChangedFile): Finding {
  return { path, message: `no lines to read: ${after?.bytes ?? 0} bytes` };
}
