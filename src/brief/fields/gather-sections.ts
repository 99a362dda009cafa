import type { RootContent } from "mdast";
import type { Problem } from "../../domain/task/brief.ts";
import { type Field, fieldNames, type Meaning, plainHeading } from "./fields.ts";
import { isBoundaryText, isPathText } from "./fits-field.ts";
import { isCourtesy } from "./is-none.ts";
import { beginsWithProgram } from "./prose-commands.ts";
import { isStory } from "./prose-fields.ts";
import { commandLines } from "./read-command.ts";
import { renderProblem } from "./render-problem.ts";
import { type Aside, isEmpty, type Part, type Section } from "./split-sections.ts";

/** The parts by field. `goals` may be the goal where no part surely is; `scopes` say in sentences what is to be changed. */
export type Gathered = {
  all: Part[];
  sections: Map<Field, Section>;
  goals: Part[];
  scopes: Part[];
  /** Under another word for the validation command, but no command alone. */
  trials: Part[];
  asides: Aside[];
  problems: Problem[];
};

/** Fields whose parts add up; of any other the first counts. */
const adding = new Set<Field>(["goal", "nonGoals", "doneWhen", "constraints", "boundary", "scope"]);

/** Sorts the parts of a text by the fields that they surely are, and keeps what they may be. */
export function gatherSections(parts: Part[], text: string): Gathered {
  const placed = parts.map((part) => ({ part: withoutCourtesy(part, text), field: fieldOfPart(part, text) }));
  const problems: Problem[] = [];
  const sections = new Map<Field, Section>();
  const scopes = placed.filter(({ field }) => field === "prose scope").map(({ part }) => part);
  const trials = placed.filter(({ field }) => field === "trial").map(({ part }) => part);
  for (const field of fieldNames) {
    const own = placed.filter((one) => one.field === field).map(({ part }) => part);
    const kept = withoutTwice(field, { parts: own, problems });
    const section = sectionOf(field, kept);
    if (section) sections.set(field, section);
  }
  const goal = sections.get("goal");
  if (goal) sections.set("goal", { ...goal, source: joinParts([...goal.parts, ...scopes]) });
  const loose = placed.filter(({ field }) => field === undefined).map(({ part }) => part);
  const goals = sections.has("goal") ? [] : likelyGoals(loose, placed[0]?.part);
  return {
    all: placed.map(({ part }) => part),
    ...{ sections, goals, scopes, trials, problems },
    asides: [...loose.filter(({ line }) => !goals.some((one) => one.line === line)), ...trials]
      .toSorted((a, b) => a.line - b.line)
      .map(({ title, line, source }) => ({ heading: title, line, source })),
  };
}

type FieldPlace = Field | "prose scope" | "trial" | undefined;

/** What a part surely is: another word for a field counts only where the content fits. */
function fieldOfPart(part: Part, text: string): FieldPlace {
  const sure = part.meanings.find(({ strength }) => strength !== "likely");
  if (!sure) return unsurePlace(part);
  if (sure.name === "reviewer") return "boundary";
  return isEmpty(part) || (sure.strength === "named" && sure.name !== "scope")
    ? sure.name
    : toldField(sure, { part, text });
}

function unsurePlace({ title, source, meanings }: Part): FieldPlace {
  if (title === "" && isStory(source)) return "goal";
  return meanings.some(({ name }) => name === "validation") ? "trial" : undefined;
}

function toldField({ name, strength }: Meaning, { part, text }: { part: Part; text: string }): FieldPlace {
  if (name === "reviewer") return "boundary";
  if (name === "nonGoals" && isBoundaryText(part, text)) return "boundary";
  if (name === "scope") {
    const isWork = strength === "told" || plainHeading(part.title) === "in scope";
    return !isWork || isPathText(part, text) ? name : "prose scope";
  }
  if (name !== "validation") return name;
  const lines = commandLines(part) ?? [];
  return lines.length > 0 && lines.every(beginsWithProgram) ? name : "trial";
}

/** A heading given twice is a problem, and so is a second one of a field that holds one value. */
function withoutTwice(field: Field, { parts, problems }: { parts: Part[]; problems: Problem[] }): Part[] {
  const filled = parts.filter((part) => !isEmpty(part));
  const kept: Part[] = [];
  for (const part of filled.length > 0 ? filled : parts) {
    const before = kept.find(
      (one) => !adding.has(field) || plainHeading(one.title) === plainHeading(part.title),
    );
    if (!before) kept.push(part);
    else if (!isRepeated(part, before)) problems.push(twice(field, { part, before }));
  }
  return kept;
}

/** The same command under two names is one. */
function isRepeated(part: Part, before: Part): boolean {
  return (
    part.source.trim() === before.source.trim() && plainHeading(part.title) !== plainHeading(before.title)
  );
}

/** Two commands under two names: which of them counts nobody but the author knows. */
function twice(field: Field, { part, before }: { part: Part; before: Part }): Problem {
  const isTold = [part, before].some(({ meanings }) => meanings.some(({ strength }) => strength === "told"));
  const rule = field === "validation" && isTold ? "command-conflict" : "twice";
  return renderProblem(rule, { line: part.line, field, found: part.title, other: before.line });
}

function sectionOf(field: Field, parts: Part[]): Section | undefined {
  const [first] = parts;
  if (!first) return undefined;
  const source = parts.map((part) => part.source).join("\n\n");
  return { field, line: first.line, nodes: parts.flatMap(({ nodes }) => nodes), source, parts };
}

/** One text of several parts: the first as it stands, each further one behind its heading. */
export function joinParts(parts: Part[]): string {
  return parts
    .map(({ title, source }, index) =>
      index === 0 ? source : `${title.replace(/[*_`#:]+/g, "").trim()}:\n\n${source}`,
    )
    .join("\n\n");
}

/** Words before the first heading, or below the title of all; else those that say why, or whatever stands first. */
function likelyGoals(loose: Part[], first: Part | undefined): Part[] {
  const opening = loose
    .filter(({ title, depth }) => title === "" || depth === 1)
    .map(withoutQuotes)
    .filter((part) => !isEmpty(part));
  const reasons = loose.filter((part) => !isEmpty(part) && part.meanings.some(({ name }) => name === "goal"));
  if (opening.length > 0) return opening.slice(0, 1);
  return reasons.length > 0 ? reasons : loose.filter((part) => part === first && !isEmpty(part));
}

/** Without what others said, which the author only answers. */
function withoutQuotes(part: Part): Part {
  if (!part.nodes.some((node) => node.type === "blockquote")) return part;
  const nodes = part.nodes.filter((node) => node.type !== "blockquote");
  return { ...part, nodes, source: part.source.replace(/^ {0,3}>.*\n?/gm, "").trim() };
}

/** Without a last "Thanks!", which is no entry. */
function withoutCourtesy(part: Part, text: string): Part {
  const last = part.nodes.at(-1);
  if (!last || part.title === "" || last.type !== "paragraph") return part;
  const said = text.slice(last.position?.start.offset ?? 0, last.position?.end.offset ?? 0);
  if (!isCourtesy(said)) return part;
  const nodes: RootContent[] = part.nodes.slice(0, -1);
  return { ...part, nodes, source: part.source.slice(0, part.source.length - said.length).trimEnd() };
}
