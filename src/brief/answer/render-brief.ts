import type { Boundary, Brief } from "../../domain/task/brief.ts";
import { classes, globOf } from "../../domain/task/brief.ts";
import { codeBlock, inlineCode } from "../../domain/text/escape-markdown.ts";
import { type Field, fieldNames, fields } from "../fields/fields.ts";
import { bullets } from "./bullets.ts";

/** A brief in its canonical form, which is read again as the same brief. Fields that say nothing are left out. */
export function renderBrief(brief: Brief): string {
  return fieldNames
    .map((field) => renderField(field, brief))
    .filter((part) => part !== "")
    .join("\n");
}

/** One field with its heading, or nothing where the brief is silent. */
export function renderField(field: Field, brief: Partial<Brief>): string {
  const value = renderValue(field, brief);
  return value === "" ? "" : `### ${fields[field].label}\n\n${value}\n`;
}

type Writers = { [F in Field]: (value: NonNullable<Brief[F]>) => string };

const writers: Writers = {
  goal: (goal) => goal,
  nonGoals: (items) => bullets(items.map(pathAsCode)),
  validation: (command) => codeBlock(command, "sh"),
  doneWhen: (criteria) => bullets(criteria.map(({ text }) => `[ ] ${text}`)),
  boundary: renderBoundary,
  scope: (globs) => bullets(globs.map(inlineCode)),
  constraints: bullets,
  kind: (kind) => (kind === "other" ? "" : kind),
  dependencies: (all) => bullets(all.map(({ name, range }) => inlineCode(range ? `${name}@${range}` : name))),
  base: inlineCode,
  budget: ({ usd, minutes }) =>
    [usd === undefined ? [] : `$${usd}`, minutes === undefined ? [] : `${minutes} min`].flat().join(", "),
  agent: inlineCode,
  dependsOn: (numbers) => numbers.map((number) => `#${number}`).join(", "),
};

function renderValue<F extends Field>(field: F, brief: Partial<Brief>): string {
  const value = brief[field];
  return value === undefined ? "" : (writers[field] as (value: unknown) => string)(value);
}

function renderBoundary({ reviewers, ask, never }: Boundary): string {
  return bullets([
    ...(reviewers.length > 0 ? [`reviewer: ${reviewers.map((login) => `@${login}`).join(", ")}`] : []),
    ...(ask.length > 0 ? [`ask: ${ask.map(entryAsCode).join(", ")}`] : []),
    ...(never.length > 0 ? [`never: ${never.map(entryAsCode).join(", ")}`] : []),
  ]);
}

function entryAsCode(entry: string): string {
  return classes.some((name) => name === entry) ? entry : inlineCode(entry);
}

/** Globs go into code, or GitHub would read their stars as emphasis. */
function pathAsCode(item: string): string {
  return globOf(item) === item ? inlineCode(item) : item;
}
