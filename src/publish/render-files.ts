import type { ChangedFile } from "../domain/change.ts";
import { inlineCode } from "../domain/escape-markdown.ts";

/** More rows than this help nobody: GitHub's own "Files changed" lists them all. */
const maxRows = 50;

/** A path may have 4,096 bytes; its end says more than its beginning. */
const maxPath = 160;

/** The changed files as a folded list. */
export function renderFiles(files: ChangedFile[]): string {
  const rows = files.slice(0, maxRows).map((file) => `- ${verb(file)} ${inlineCode(shorten(file.path))}`);
  const more = files.length > maxRows ? [`- and ${files.length - maxRows} more`] : [];
  return [
    `<details><summary>Files changed: ${files.length}</summary>`,
    [...rows, ...more].join("\n"),
    "</details>",
  ].join("\n\n");
}

function verb({ before, after }: ChangedFile): string {
  if (!before) return "added";
  if (!after) return "deleted";
  if (before.id === after.id) return "mode changed";
  return "changed";
}

function shorten(path: string): string {
  return path.length > maxPath ? `…${path.slice(-maxPath)}` : path;
}
