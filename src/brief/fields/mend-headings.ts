import type { Problem } from "../../domain/task/brief.ts";
import { type Field, fieldNames, fieldOf, fields, type Meaning, plainHeading } from "./fields.ts";
import { type Candidate, candidateOf, type Form, isUnderline, nearField } from "./find-meant-heading.ts";
import { renderProblem } from "./render-problem.ts";
import { trackerLabels } from "./template-words.ts";

/** The text with its headings mended; `lineOf` says on which line of the given text one of these lines stood. */
export type Mended = { text: string; problems: Problem[]; lineOf: (line: number) => number };

/** A line that becomes a heading: under which title, what stood behind it, and the question to its author, if any. */
type Heading = { title: string; rest: string; question?: { field: Field; found: string } };

/**
 * Lines that are headings to people and none of those that are read (bold, underlined, too deep, `##Goal`, Jira's, and
 * labels) made headings. Those that could be meant otherwise come with a problem: what stands under them is read all the
 * same, and answered at once.
 */
export function mendHeadings(text: string): Mended {
  const lines = text.split("\n");
  const meant = findMeant(lines);
  if (meant.size === 0) return { text, problems: [], lineOf: (line) => line };
  const problems = [...meant].flatMap(([index, { question }]) =>
    question ? [renderProblem("not-heading", { line: index + 1, ...question })] : [],
  );
  const mended = lines.flatMap((line, index) => {
    const one = meant.get(index);
    const at = index + 1;
    if (!one) return meant.get(index - 1) && isUnderline(line) ? [{ line: "", at }] : [{ line, at }];
    const heading = { line: `### ${one.title}`, at };
    return one.rest === "" ? [heading] : [heading, { line: one.rest, at }];
  });
  const lineOf = (line: number): number => mended[line - 1]?.at ?? line;
  return { text: mended.map(({ line }) => line).join("\n"), problems, lineOf };
}

type CandidateLine = { line: string; index: number; candidate: Candidate | undefined };

/** How headings are written here: which fields proper ones name, and which other forms are headings throughout. */
type Style = { wanted: Field[]; isFree: boolean; forms: Set<Form>; hasLabels: boolean };

function findMeant(lines: string[]): Map<number, Heading> {
  const open = outsideFences(lines).map(({ line, index }): CandidateLine => {
    const around = { before: lines[index - 1] ?? "", after: lines[index + 1] ?? "" };
    return { line, index, candidate: isProper(line) ? undefined : candidateOf(line, around) };
  });
  const style = styleOf(open);
  const meant = new Map<number, Heading>();
  for (const { line, index, candidate } of open) {
    const found = candidate ? headingOf(candidate, { line, style }) : nearHeading(line, style);
    if (found) meant.set(index, found);
  }
  return meant;
}

/** A line that Markdown and we read as a heading. */
function isProper(line: string): boolean {
  return /^ {0,3}#{1,4}\s/.test(line);
}

/** From here on labels in a row mean nothing but fields. */
const inARow = 3;

function styleOf(open: CandidateLine[]): Style {
  const given = new Set(
    open.filter(({ line }) => isProper(line)).flatMap(({ line }) => fieldOf(withoutMarks(line)) ?? []),
  );
  const isFree = given.size === 0;
  const sure = open.flatMap(({ candidate }) => (candidate && sureOf(candidate.meanings) ? [candidate] : []));
  const forms = new Set(isFree ? sure.map(({ form }) => form) : []);
  const names = new Set(sure.map(({ meanings }) => sureOf(meanings)?.name));
  return {
    wanted: fieldNames.filter((name) => !given.has(name)),
    isFree,
    forms,
    hasLabels: isFree && names.size >= inARow,
  };
}

function sureOf(meanings: Meaning[]): Meaning | undefined {
  return meanings.find(({ strength }) => strength !== "likely");
}

function headingOf(
  candidate: Candidate,
  { line, style }: { line: string; style: Style },
): Heading | undefined {
  const { form, title, meanings } = candidate;
  const isLabel = form === "label" || form === "words";
  const sure = sureOf(meanings);
  if (isLabel && style.hasLabels && trackers.has(plainHeading(title))) return { title, rest: candidate.rest };
  if (isLabel) return labelHeading(candidate, { line, style });
  if (sure && (style.isFree || isWanted(sure, style))) {
    if (!style.isFree) take(sure, style);
    return { title, rest: "" };
  }
  if (style.forms.has(form) && form !== "italic") return { title, rest: "" };
  return sure ? undefined : nearHeading(line, style);
}

/** Where proper headings name fields, another line is one only by the name of a field that they leave out. */
function isWanted({ name, strength }: Meaning, { wanted }: Style): boolean {
  const field = name === "reviewer" ? undefined : wanted.find((one) => one === name);
  return field !== undefined && (strength === "named" || field === "nonGoals" || field === "doneWhen");
}

function take({ name }: Meaning, { wanted }: Style): void {
  const at = wanted.findIndex((field: string) => field === name);
  if (at >= 0) wanted.splice(at, 1);
}

const trackers = new Set(trackerLabels);

/** A label begins a field where labels do so throughout; else its author is asked. */
function labelHeading(
  candidate: Candidate,
  { line, style }: { line: string; style: Style },
): Heading | undefined {
  const { title, rest, meanings, isMarked, form } = candidate;
  const sure = sureOf(meanings);
  if (!sure) return undefined;
  const isNew = sure.name === "reviewer" || style.wanted.some((field) => field === sure.name);
  if (!isNew) return undefined;
  if (style.hasLabels) {
    take(sure, style);
    return { title, rest };
  }
  const field = sure.strength === "named" && sure.name !== "reviewer" ? sure.name : undefined;
  if (field === undefined || (!fields[field].needed && !(isMarked && form === "label"))) return undefined;
  take(sure, style);
  const found = rest === "" ? line.trim() : line.slice(0, line.length - rest.length).trim();
  return { title: fields[field].label, rest, question: { field, found } };
}

function nearHeading(line: string, style: Style): Heading | undefined {
  const candidate = candidateOf(line, {});
  if (!candidate || sureOf(candidate.meanings)) return undefined;
  const field = nearField(candidate, style.wanted);
  if (field === undefined) return undefined;
  take({ name: field, strength: "named" }, style);
  return { title: fields[field].label, rest: "", question: { field, found: line.trim() } };
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

function withoutMarks(line: string): string {
  return line.replace(/^\s*#*/, "").replace(/\s#+\s*$/, "");
}
