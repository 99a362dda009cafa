/** Parts of Markdown that a reader opens by a click on their summary. */
export function folded(summary: string, parts: string[]): string {
  return [`<details><summary>${summary}</summary>`, ...parts, "</details>"].join("\n\n");
}
