import type { Base } from "../domain/evidence/change.ts";
import { missingSubmodules, presentSubmodules } from "../domain/evidence/submodules.ts";
import { escapeMarkdown, inlineCode } from "../domain/text/escape-markdown.ts";

/** More lines than these are not read. */
const most = 10;

/** The submodules that were in no checkout, each with the reason; nothing where all were there. */
export function renderMissingSubmodules(base: Base | undefined): string[] {
  const missing = base ? missingSubmodules(base) : [];
  const lines = missing.map(
    ({ path, missing: why }) =>
      `⚠️ The submodule ${inlineCode(path)} is in no checkout: ${escapeMarkdown(why)}`,
  );
  return firstSubmodules(lines);
}

/** The submodules that were in every checkout: path, commit and where they came from. */
export function renderSubmodules(base: Base): string[] {
  const lines = presentSubmodules(base).map(
    ({ path, commit, url }) =>
      `Submodule ${inlineCode(path)} at \`${commit}\` from ${inlineCode(url ?? "")}.`,
  );
  return firstSubmodules(lines);
}

function firstSubmodules(lines: string[]): string[] {
  const more = lines.length - most;
  return more > 0 ? [...lines.slice(0, most), `${more} more submodules are in the evidence.`] : lines;
}
