import type { Problem } from "../domain/brief.ts";
import { fieldNames, fieldOf, fields } from "./fields.ts";
import { findMeantHeading, type Meant } from "./find-meant-heading.ts";
import { renderProblem } from "./render-problem.ts";

/** The text with its headings mended; `lineOf` says on which line of the given text one of these lines stood. */
export type Mended = { text: string; problems: Problem[]; lineOf: (line: number) => number };

/**
 * Lines that were meant as headings of fields and are none (bold, underlined, too deep, `##Goal` without its blank, or
 * `**Goal:** words`) made headings, each with its problem: so that what stands under them is read, and answered at once.
 */
export function mendHeadings(text: string): Mended {
  const lines = text.split("\n");
  const meant = findMeant(lines);
  if (meant.size === 0) return { text, problems: [], lineOf: (line) => line };
  const problems = [...meant].map(([index, { field, found }]) =>
    renderProblem("not-heading", { line: index + 1, field, found }),
  );
  const mended = lines.flatMap((line, index) => {
    const one = meant.get(index);
    if (!one) return [{ line, at: index + 1 }];
    const heading = { line: `### ${fields[one.field].label}`, at: index + 1 };
    return one.rest === "" ? [heading] : [heading, { line: one.rest, at: index + 1 }];
  });
  const lineOf = (line: number): number => mended[line - 1]?.at ?? line;
  return { text: mended.map(({ line }) => line).join("\n"), problems, lineOf };
}

function findMeant(lines: string[]): Map<number, Meant> {
  const given = new Set(
    lines.filter((line) => /^ {0,3}#{1,4}\s/.test(line)).map((line) => fieldOf(bare(line))),
  );
  const wanted = fieldNames.filter((name) => !given.has(name));
  const meant = new Map<number, Meant>();
  for (const { line, index } of outsideFences(lines)) {
    const found = findMeantHeading(line, wanted);
    if (!found) continue;
    meant.set(index, found);
    wanted.splice(wanted.indexOf(found.field), 1);
  }
  return meant;
}

function outsideFences(lines: string[]): { line: string; index: number }[] {
  let fence = "";
  return lines.flatMap((line, index) => {
    const marks = /^ {0,3}(?<marks>`{3,}|~{3,})/.exec(line)?.groups?.marks ?? "";
    if (fence === "" && marks === "") return [{ line, index }];
    if (fence === "") fence = marks;
    else if (marks.startsWith(fence)) fence = "";
    return [];
  });
}

function bare(line: string): string {
  return line.replace(/^\s*#*/, "").replace(/\s#+\s*$/, "");
}
