import type { RootContent } from "mdast";
import type { Boundary, Brief } from "../../domain/task/brief.ts";
import { lineOf, spanOf } from "../visible/read-markdown.ts";
import { type Field, limits } from "./fields.ts";
import type { Gathered } from "./gather-sections.ts";
import { joinParts } from "./gather-sections.ts";
import { boundaryIn } from "./prose-boundary.ts";
import { isFit, likelyCommands, mentionedCommands, surelyPassing } from "./prose-commands.ts";
import { criterionIn, nonGoalIn, onlyPathsIn, prohibitionIn, workedPathsIn } from "./prose-fields.ts";
import { commandLines } from "./read-command.ts";
import { readItems } from "./read-items.ts";
import { readCriteria } from "./read-lists.ts";
import { type Clause, sentencesOf } from "./read-prose.ts";
import { settleItem, settleText, weightOf } from "./settle-text.ts";
import { type Part, sourceOf } from "./split-sections.ts";

/** A value that the author most likely meant, and where it was found; it is proposed and never taken by itself. */
export type Likely<F extends Field> = { value: Brief[F]; line: number } | undefined;

/** Everything that prose is read of. */
export type ProseSources = { gathered: Gathered; text: string };

/** The fields that can be found under other words. */
export const guessable = ["goal", "nonGoals", "validation", "doneWhen", "boundary", "scope"] as const;
export type Guessable = (typeof guessable)[number];

const finders: { [F in Guessable]: (ground: ProseSources) => Likely<F> } = {
  goal: findGoal,
  nonGoals: findLikelyNonGoals,
  validation: findCommands,
  doneWhen: findCriteria,
  boundary: findBoundary,
  scope: findScope,
};

/** What was most likely meant as a field that no heading names. */
export function findLikely<F extends Guessable>(field: F, ground: ProseSources): Likely<F> {
  return finders[field](ground);
}

/** The commands that the criteria say succeed, and say nothing else of. */
export function commandsOfCriteria({ gathered, text }: ProseSources): Likely<"validation"> {
  const criteria = gathered.sections.get("doneWhen")?.nodes ?? [];
  const sentences = sentencesOf(criteria, text);
  return joinCommands(sentences.map((one) => ({ ...one, commands: surelyPassing(one.text) })));
}

type Commanding = Clause & { commands: string[] };

function joinCommands(found: Commanding[]): Likely<"validation"> {
  const commands = [...new Set(found.flatMap((one) => one.commands))];
  const line = found.find((one) => one.commands.length > 0)?.line;
  if (line === undefined || commands.length > limits.commands) return undefined;
  return { value: commands.join("\n"), line };
}

function findGoal({ gathered, text }: ProseSources): Likely<"goal"> {
  const [first] = gathered.goals;
  if (!first) return undefined;
  const parts = [{ ...first, source: withoutChecklist(first, text) }, ...gathered.goals.slice(1)];
  const source = joinParts([...parts, ...gathered.scopes]);
  if (source.length > limits.goal.most) return undefined;
  const goal = settleText(source);
  return weightOf(goal) < limits.goal.least || goal.length > limits.goal.most
    ? undefined
    : { value: goal, line: first.line };
}

/** The words of an opening without a checklist at its end, which says what is to hold. */
function withoutChecklist({ nodes, source }: Part, text: string): string {
  const last = nodes.at(-1);
  return last && nodes.length > 1 && isChecklist(last, text)
    ? sourceOf(nodes.slice(0, -1), text).replace(/:$/, "")
    : source;
}

function isChecklist(node: RootContent, text: string): boolean {
  if (node.type !== "list") return false;
  const items = node.children.map((item) => text.slice(spanOf(item).start, spanOf(item).end));
  return items.length > 0 && items.every((item) => /^(?:[-*+]|\d{1,9}[.)])\s+\[[ xX]\]\s/.test(item));
}

function findLikelyNonGoals({ gathered, text }: ProseSources): Likely<"nonGoals"> {
  const sentences = gathered.all
    .filter((part) => !gathered.sections.get("doneWhen")?.parts.includes(part))
    .flatMap((part) => sentencesOf(part.nodes, text));
  const reading = (read: (sentence: string) => string | undefined) =>
    likelyNonGoals(sentences.map((one) => ({ ...one, found: read(one.text) })));
  return reading(nonGoalIn) ?? reading(prohibitionIn);
}

function likelyNonGoals(found: (Clause & { found: string | undefined })[]): Likely<"nonGoals"> {
  const items = found.flatMap((one) =>
    one.found === undefined || one.found.length > limits.itemLength
      ? []
      : [{ text: settleItem(one.found), line: one.line }],
  );
  const [first] = items;
  if (!first || items.length > limits.items.nonGoals) return undefined;
  return { value: items.map((one) => one.text).filter((one) => one !== ""), line: first.line };
}

function findCriteria({ gathered, text }: ProseSources): Likely<"doneWhen"> {
  const expected = gathered.all.find(({ meanings }) =>
    meanings.some(({ name, strength }) => name === "doneWhen" && strength === "likely"),
  );
  const checklists = gathered.goals.flatMap(({ nodes }) => nodes.filter((node) => isChecklist(node, text)));
  const nodes = expected ? expected.nodes : checklists;
  const listed = readCriteria(readItems({ nodes }, text));
  if (listed.value && listed.problems.length === 0)
    return { value: listed.value, line: expected?.line ?? firstNodeLine(nodes) };
  const sentences = gathered.all.flatMap((part) => sentencesOf(part.nodes, text));
  const said = likelyNonGoals(sentences.map((one) => ({ ...one, found: criterionIn(one.text) })));
  return (
    said && { line: said.line, value: said.value.map((words, at) => ({ id: `AC-${at + 1}`, text: words })) }
  );
}

function firstNodeLine([first]: RootContent[]): number {
  return first ? lineOf(first) : 1;
}

/** Under another word for the field, among the criteria, anywhere, or alone under a heading that nobody knows. */
function findCommands({ gathered, text }: ProseSources): Likely<"validation"> {
  const criteria = gathered.sections.get("doneWhen")?.parts ?? [];
  const places = [gathered.trials, criteria, gathered.all];
  for (const parts of places) {
    const isTrial = parts === gathered.trials;
    const found = parts.flatMap((part) => [
      ...sentencesOf(part.nodes, text).map((sentence) => commanding(sentence, isTrial)),
      ...fenced(part, gathered),
    ]);
    const likely = joinCommands(found);
    if (likely) return likely;
  }
  return joinCommands(gathered.all.filter(({ meanings }) => meanings.length === 0).map(loneCommand));
}

/** Under a heading that asks how to test, code that could prove something needs no verb beside it, in whatever language. */
function commanding(sentence: Clause, isTrial: boolean): Commanding {
  const commands = likelyCommands(sentence.text);
  return {
    ...sentence,
    commands: isTrial && commands.length === 0 ? mentionedCommands(sentence.text) : commands,
  };
}

function loneCommand(part: Part): Commanding {
  const lines = part.title === "" ? [] : (commandLines(part) ?? []);
  return { text: part.source, line: part.line, commands: lines.every(isFit) ? lines : [] };
}

/** Beside words under such a heading a block of code holds what is to be typed; elsewhere it may be a log. */
function fenced(part: Part, { trials }: Gathered): Commanding[] {
  if (!trials.includes(part)) return [];
  return part.nodes.flatMap((node) => {
    if (node.type !== "code") return [];
    const lines = node.value
      .split("\n")
      .map((line) => line.trim())
      .filter((line) => line !== "");
    return lines.every(isFit) ? [{ text: node.value, line: lineOf(node), commands: lines }] : [];
  });
}

/** What prose says of the boundary, added to reviewers that a heading names. */
function findBoundary({ gathered, text }: ProseSources): Likely<"boundary"> {
  const given = gathered.sections.get("boundary");
  const skipped = new Set([
    ...(given?.parts ?? []),
    ...(given ? (gathered.sections.get("nonGoals")?.parts ?? []) : []),
  ]);
  const found = gathered.all
    .filter((part) => !skipped.has(part))
    .flatMap((part) => sentencesOf(part.nodes, text))
    .map(({ text: sentence, line }) => ({ line, boundary: boundaryIn(sentence).boundary }))
    .concat(ownersIn(gathered))
    .filter(({ boundary }) => Object.values(boundary).some((list) => list.length > 0));
  const [first] = found;
  return first && { value: mergeBoundaries(found.map(({ boundary }) => boundary)), line: first.line };
}

/** People under a heading that may mean those who review. */
function ownersIn({ all }: Gathered): { line: number; boundary: Boundary }[] {
  return all
    .filter(({ meanings }) =>
      meanings.some(({ name, strength }) => name === "reviewer" && strength === "likely"),
    )
    .map(({ source, line }) => {
      const reviewers = /^[\s@\w,-]+$/.test(source) ? (source.match(/(?<=@)[a-z\d][\w-]*/gi) ?? []) : [];
      return { line, boundary: { reviewers, ask: [], never: [] } };
    });
}

/** Several boundaries as one, each entry once; what is forbidden needs no word any more. */
export function mergeBoundaries(all: Boundary[]): Boundary {
  const unique = (key: keyof Boundary) => [...new Set(all.flatMap((one) => one[key]))];
  const never = unique("never").slice(0, limits.boundaryEntries);
  return {
    reviewers: unique("reviewers").slice(0, limits.reviewers),
    ask: unique("ask")
      .filter((entry) => !never.includes(entry))
      .slice(0, limits.boundaryEntries - never.length),
    never,
  };
}

function findScope({ gathered, text }: ProseSources): Likely<"scope"> {
  const worked = gathered.scopes.flatMap((part) => sentencesOf(part.nodes, text)).map(pathing(workedPathsIn));
  const limited = gathered.all.flatMap((part) => sentencesOf(part.nodes, text)).map(pathing(onlyPathsIn));
  const found = [...worked, ...limited].filter(({ paths }) => paths.length > 0);
  const [first] = found;
  const paths = [...new Set(found.flatMap((one) => one.paths))];
  return first && paths.length <= limits.items.scope ? { value: paths, line: first.line } : undefined;
}

function pathing(read: (sentence: string) => string[]) {
  return ({ text, line }: Clause) => ({ line, paths: read(text) });
}
