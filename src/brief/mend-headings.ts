import type { Problem } from "../domain/brief.ts";
import { type Field, fieldNames, fieldOf, fields } from "./fields.ts";
import { renderProblem } from "./render-problem.ts";

/** The longest line that could be meant as a heading. */
const longest = 40;

/**
 * Lines that were meant as headings of needed fields and are none (bold, underlined, too deep, or `##Goal` without its
 * blank) made headings, each with its problem: so that what stands under them is read, and answered at once.
 */
export function mendHeadings(text: string): { text: string; problems: Problem[] } {
  const lines = text.split("\n");
  const given = new Set(
    lines.filter((line) => /^ {0,3}#{1,4}\s/.test(line)).map((line) => fieldOf(bare(line))),
  );
  const problems: Problem[] = [];
  for (const field of fieldNames.filter((name) => fields[name].needed && !given.has(name))) {
    const index = lines.findIndex((line) => isMeant(line, field));
    const found = lines[index]?.trim();
    if (found === undefined) continue;
    problems.push(renderProblem("not-heading", { line: index + 1, field, found }));
    lines[index] = `### ${fields[field].label}`;
  }
  return { text: lines.join("\n"), problems };
}

function isMeant(line: string, field: Field): boolean {
  return line.length <= longest && /^[\s#*_]*[A-Z]/.test(line) && fieldOf(bare(line)) === field;
}

function bare(line: string): string {
  return line.replace(/^\s*#*/, "").replace(/\s#+\s*$/, "");
}
