import type { ChangedFile } from "../domain/evidence/change.ts";
import { inlineCode } from "../domain/text/escape-markdown.ts";
import { folded } from "./folded.ts";

/** More rows than this help nobody: GitHub's own "Files changed" lists them all. */
const maxRows = 50;

/** A path may have 4,096 bytes; its end says more than its beginning. */
const maxPath = 160;

/** The changed files as a folded list. */
export function renderFiles(files: ChangedFile[]): string {
  const rows = files
    .slice(0, maxRows)
    .map((file) => `- ${verb(file)} ${inlineCode(shortenPath(file.path))}${renderLines(file)}`);
  const more = files.length > maxRows ? [`- and ${files.length - maxRows} more`] : [];
  return folded(`Files changed: ${files.length}`, [[...rows, ...more].join("\n")]);
}

/** The end of a path that is too long to be shown. */
export function shortenPath(path: string): string {
  return path.length > maxPath ? `…${path.slice(-maxPath)}` : path;
}

function verb({ before, after, from }: ChangedFile): string {
  if (!before) return from === undefined ? "added" : "moved or copied";
  if (!after) return "deleted";
  if (before.id === after.id) return "mode changed";
  return "changed";
}

function renderLines({ lines }: ChangedFile): string {
  if (lines === undefined) return "";
  return lines ? ` +${lines.added} −${lines.removed}` : " binary";
}
