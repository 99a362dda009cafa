import type { Brief, Problem } from "../domain/task/brief.ts";
import { adoptChildren } from "./fields/adopt-children.ts";
import { type Field, fieldNames, fields, limits } from "./fields/fields.ts";
import type { ProseSources } from "./fields/find-likely.ts";
import { type Gathered, gatherSections } from "./fields/gather-sections.ts";
import { mendFences } from "./fields/mend-fences.ts";
import { mendHeadings } from "./fields/mend-headings.ts";
import { orderOfForm } from "./fields/order-of-form.ts";
import { readBoundary } from "./fields/read-boundary.ts";
import { readBudget } from "./fields/read-budget.ts";
import { readCommand } from "./fields/read-command.ts";
import { asLikely, readApproval, readElsewhere } from "./fields/read-elsewhere.ts";
import { type BriefItem, readItems } from "./fields/read-items.ts";
import { readCriteria, readNestedList, readNonGoals } from "./fields/read-lists.ts";
import { readPaths } from "./fields/read-paths.ts";
import type { Read } from "./fields/read-result.ts";
import {
  readAgent,
  readBase,
  readDependencies,
  readDependsOn,
  readKind,
} from "./fields/read-short-fields.ts";
import { renderProblem } from "./fields/render-problem.ts";
import { settleText, weightOf } from "./fields/settle-text.ts";
import { type Aside, isEmpty, type ReadAs, type Section, splitSections } from "./fields/split-sections.ts";
import type { Hidden } from "./visible/apply-edits.ts";
import { cleanHiddenText } from "./visible/clean-hidden-text.ts";
import type { Tangle } from "./visible/find-tangle.ts";
import { lineOf as lineOfNode, readMarkdown } from "./visible/read-markdown.ts";

/** What is told besides the outcome: where the fields stand, what was hidden, and which parts are no field. */
export type Notes = {
  lines: Partial<Record<Field, number>>;
  hidden: Hidden[];
  asides: Aside[];
  readAs: ReadAs[];
};

/** A complete brief; or every problem at once, and as much of the brief as was found. */
export type ParsedBrief = Notes & ({ brief: Brief } | { problems: Problem[]; partial: Partial<Brief> });

/** Reads a brief from the body of an issue or a file. Any text at all is answered, in bounded time. */
export function parseBrief(markdown: string): ParsedBrief {
  const { text, hidden, tangle } = cleanHiddenText(markdown);
  if (tangle) return { problems: [tangled(tangle)], partial: {}, lines: {}, hidden, asides: [], readAs: [] };
  const mended = mendHeadings(mendFences(text));
  const { lineOf } = mended;
  const { parts, guessed } = orderOfForm(
    adoptChildren(splitSections(readMarkdown(mended.text), mended.text)),
    mended.text,
  );
  const gathered = gatherSections(parts, mended.text);
  const found = fieldNames.map((field) => readField(field, { gathered, guessed, text: mended.text }));
  const seen = [...gathered.problems, ...found.flatMap((one) => one.problems)].map((one) => ({
    ...one,
    line: lineOf(one.line),
  }));
  const all = [...nestedTooDeep(hidden), ...mended.problems, ...seen];
  const notes = notesOf(gathered, { hidden, lineOf });
  const partial: Partial<Brief> = Object.fromEntries(
    fieldNames.flatMap((field, index) =>
      found[index]?.value === undefined ? [] : [[field, found[index]?.value]],
    ),
  );
  if (all.length > 0) return { ...notes, problems: all.toSorted((a, b) => a.line - b.line), partial };
  return { ...notes, brief: { ...absent, ...partial } as Brief };
}

type NoteSources = { hidden: Hidden[]; lineOf: (line: number) => number };

function notesOf({ sections, asides }: Gathered, { hidden, lineOf }: NoteSources): Notes {
  const lines = Object.fromEntries([...sections].map(([field, { line }]) => [field, lineOf(line)]));
  const readAs = [...sections].flatMap(([field, { parts }]) =>
    parts
      .filter(({ meanings, title }) => title === "" || meanings.some(({ strength }) => strength === "told"))
      .map(({ title, line }) => ({ field, heading: title, line: lineOf(line) })),
  );
  return { lines, hidden, asides: asides.map((one) => ({ ...one, line: lineOf(one.line) })), readAs };
}

/** What an optional field is when nobody filled it in. */
const absent = {
  scope: [],
  constraints: [],
  kind: "other",
  dependencies: [],
  budget: {},
  dependsOn: [],
} as const;

function tangled(tangle: Tangle): Problem {
  const { rule, line } = tangle;
  const most = tangle.rule === "too-many-signs" ? { found: tangle.sign, most: tangle.most } : {};
  return renderProblem(rule, { line, field: "brief", ...most });
}

function nestedTooDeep(hidden: Hidden[]): Problem[] {
  return hidden
    .filter((one) => one.kind === "nested")
    .map(({ line }) => renderProblem("nested-hidden", { line, field: "brief" }));
}

type GivenFields = ProseSources & { guessed: Set<Field> };

/** A field from under its heading, else what was most likely meant as it, with the question to the author. */
function readField(field: Field, { gathered, guessed, text }: GivenFields): Read<Brief[Field]> {
  const section = gathered.sections.get(field);
  const read = section && !isEmpty(section) ? readSection(section, { gathered, text }) : undefined;
  if (read?.value !== undefined && read.problems.length === 0 && guessed.has(field))
    return { ...read, problems: [asLikely(field, { value: read.value, line: section?.line ?? 1 })] };
  return read ?? readElsewhere(field, { gathered, text });
}

function readSection(section: Section, ground: ProseSources): Read<Brief[Field]> {
  const { field, line, source } = section;
  if (placeholder.test(source)) return { problems: [renderProblem("placeholder", { line, field })] };
  const read = readFilled(section, ground);
  if (holdsPlaceholder(read.value)) return { problems: [renderProblem("placeholder", { line, field })] };
  const isBare = read.value === undefined && read.problems.length === 0 && fields[field].needed;
  return isBare ? { problems: [renderProblem("empty", { line, field })] } : read;
}

/** What the corrected brief leaves to be filled in; taken up as it is, it would be a guess. */
const placeholder = /^\s*(?:[-*]\s+)?(?:\[ \]\s+)?TODO:/m;

function holdsPlaceholder(value: unknown): boolean {
  if (typeof value === "string") return placeholder.test(value);
  return typeof value === "object" && value !== null && Object.values(value).some(holdsPlaceholder);
}

function readFilled(section: Section, ground: ProseSources): Read<Brief[Field]> {
  const { text } = ground;
  const read =
    section.field === "boundary"
      ? readApproval(section, ground)
      : readValue(section, readItems(section, text));
  const table = section.nodes.find((node) => node.type === "table");
  if (!table || section.field === "goal" || section.field === "validation") return read;
  const problem = renderProblem("table", { line: lineOfNode(table), field: section.field });
  return { ...read, problems: [problem, ...read.problems] };
}

function readValue(section: Section, items: BriefItem[]): Read<Brief[Field]> {
  switch (section.field) {
    case "goal":
      return readGoal(section);
    case "validation":
      return readCommand(section);
    case "nonGoals":
      return readNonGoals(items);
    case "doneWhen":
      return readCriteria(items);
    case "boundary":
      return readBoundary(items);
    case "scope":
      return readPaths(items);
    case "constraints":
      return readNestedList("constraints", items);
    case "kind":
      return readKind(items);
    case "dependencies":
      return readDependencies(items);
    case "base":
      return readBase(items);
    case "budget":
      return readBudget(items);
    case "agent":
      return readAgent(items);
    case "dependsOn":
      return readDependsOn(items);
  }
}

function readGoal({ source, line }: Section): Read<string> {
  const field = "goal";
  const tooLong = (other: number): Read<string> => ({
    problems: [renderProblem("goal-long", { line, field, other })],
  });
  // Settling parses the text again, which one that is refused anyway shall not cost.
  if (source.length > limits.goal.most) return tooLong(source.length);
  const goal = settleText(source);
  if (weightOf(goal) < limits.goal.least)
    return { problems: [renderProblem("goal-short", { line, field, found: goal })] };
  return goal.length > limits.goal.most ? tooLong(goal.length) : { value: goal, problems: [] };
}
