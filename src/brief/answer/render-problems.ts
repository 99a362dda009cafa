import type { Brief, Problem } from "../../domain/task/brief.ts";
import { codeBlock } from "../../domain/text/escape-markdown.ts";
import { type Field, fieldNames, fields, limits } from "../fields/fields.ts";
import type { Aside } from "../fields/split-sections.ts";
import type { Hidden } from "../visible/apply-edits.ts";
import { renderAsides } from "./render-asides.ts";
import { renderField } from "./render-brief.ts";
import { renderHidden } from "./render-hidden.ts";

/** An incomplete brief as `parseBrief` answers it; problems found later, at the base commit, are added to its own. */
export type Incomplete = { problems: Problem[]; partial: Partial<Brief>; hidden: Hidden[]; asides: Aside[] };

/** How many problems are named one by one. */
const named = 40;

/** The answer to an incomplete brief: each problem with its repair, and the whole brief to copy. */
export function renderProblems({ problems, partial, hidden, asides }: Incomplete): string {
  const { length } = problems;
  const more = length > named ? `\nAnd ${length - named} more, which are told when these are mended.` : "";
  const corrected = renderCorrected(problems, partial);
  return [
    renderHeadline(problems),
    `${problems.slice(0, named).map(renderProblemItem).join("\n")}${more && `\n${more}`}`,
    renderHidden(hidden),
    renderAsides(asides),
    ...renderWholeRepair(corrected.trimEnd()),
    "As soon as someone with write access has saved a complete text it is taken up; nothing else needs to be done.",
  ]
    .filter((part) => part !== "")
    .join("\n\n");
}

function renderHeadline(problems: Problem[]): string {
  const { length } = problems;
  if (problems.every(({ rule }) => rule === "likely"))
    return `**This brief seems whole, but ${length === 1 ? "one part of it has" : `${length} parts of it have`} to be confirmed: copy the text below if it says what you mean.**`;
  const number = length === 1 ? "one thing is" : `${length} things are`;
  return `**This brief is not complete yet: ${number} missing or unclear.**`;
}

/** A text that is longer than a brief may be is not repeated: the comment would be longer than GitHub takes. */
function renderWholeRepair(corrected: string): string[] {
  if (corrected.length > limits.briefLength)
    return ["**To mend it,** edit the issue's text; it is too long to be repeated here."];
  const blanks = corrected.includes("TODO") ? "; replace each `TODO` with your own words" : "";
  return [
    `**To mend it,** edit the issue's text. Here is the whole of it with what was found filled in${blanks}:`,
    codeBlock(corrected, "markdown"),
  ];
}

function renderProblemItem({ line, rule, message, repair }: Problem, index: number): string {
  const where = rule === "missing" ? "" : `Line ${line}: `;
  return `${index + 1}. ${where}${message}\n   *Repair:* ${repair}`;
}

/** Rules behind which what was meant is known, so that nothing is left to be filled in. */
const mended = new Set(["not-heading", "table", "likely"]);

/** Rules that leave nothing of a field to be proposed again. */
const unusable: Record<string, Field> = {
  "target-missing": "validation",
  "not-allowed": "validation",
  "command-conflict": "validation",
  submodule: "scope",
  lfs: "scope",
  "boundary-many": "boundary",
};

/** The brief as it would be correct: what was found, and a place to fill in for each field that is needed or refused. */
export function renderCorrected(problems: Problem[], partial: Partial<Brief>): string {
  const refused = new Set(problems.filter(({ rule = "" }) => !mended.has(rule)).map(({ field }) => field));
  const dropped = new Set(problems.map(({ rule = "" }) => unusable[rule]));
  const known: Partial<Brief> = Object.fromEntries(
    Object.entries(partial).filter(([field]) => !dropped.has(field as Field)),
  );
  return fieldNames
    .map((field) => renderOrAsk(field, { partial: known, refused: refused.has(field) }))
    .filter((part) => part !== "")
    .join("\n");
}

function renderOrAsk(
  field: Field,
  { partial, refused }: { partial: Partial<Brief>; refused: boolean },
): string {
  const { label, example, needed } = fields[field];
  const found = renderField(field, partial);
  const asked = `### ${label}\n\n${example}\n`;
  if (found === "") return refused || needed ? asked : "";
  if (!refused || field === "validation" || field === "goal") return found;
  return example.startsWith("- ") ? `${found}${example}\n` : asked;
}
