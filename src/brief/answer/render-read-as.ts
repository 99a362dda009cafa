import { escapeMarkdown } from "../../domain/text/escape-markdown.ts";
import { fields } from "../fields/fields.ts";
import type { ReadAs } from "../fields/split-sections.ts";

/** More of them than these help nobody. */
const most = 12;

/** Which parts of the text were read as which fields, where they stand under another name; nothing where none does. */
export function renderReadAs(readAs: ReadAs[]): string {
  const parts = readAs.slice(0, most).map(({ field, heading, line }) => {
    const name = heading === "" ? "the opening" : `“${escapeMarkdown(heading.slice(0, 80))}”`;
    return `${name} (line ${line}) as **${fields[field].label}**`;
  });
  return parts.length === 0 ? "" : `**Read under another name:** ${parts.join(", ")}.`;
}
