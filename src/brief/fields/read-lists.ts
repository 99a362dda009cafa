import { isTame } from "../../domain/paths/find-glob.ts";
import { type Criterion, globOf, type Problem } from "../../domain/task/brief.ts";
import { type Field, limits } from "./fields.ts";
import { isNone } from "./is-none.ts";
import { type BriefItem, isFoldMarker } from "./read-items.ts";
import type { Read } from "./read-result.ts";
import { renderProblem } from "./render-problem.ts";
import { settleItem } from "./settle-text.ts";

type ListField = keyof typeof limits.items;

/** What is not to be done, nested entries as entries of their own; globs stand bare. */
export function readNonGoals(items: BriefItem[]): Read<string[]> {
  const { value, problems } = settleAll("nonGoals", items);
  if (!value) return { problems };
  const wild = items.flatMap(wildness);
  const tame = value
    .map((item) => globOf(item) ?? item)
    .filter((item) => globOf(item) === undefined || isTame(item));
  if (tame.length === 0 && wild.length > 0) return { problems: [...problems, ...wild] };
  return { value: tame, problems: [...problems, ...wild] };
}

/** A forbidden path is compared with every changed one. */
function wildness({ source, line }: BriefItem): Problem[] {
  const glob = source.length > limits.itemLength ? undefined : globOf(settleItem(source));
  if (glob === undefined || isTame(glob)) return [];
  return [renderProblem("glob-wild", { line, field: "nonGoals", found: glob.slice(0, 80) })];
}

/** The innermost entries of a list, each with the words that it is nested under: "The API: answers 404". */
export function readNestedList(field: ListField, items: BriefItem[]): Read<string[]> {
  const leaves = items.filter((item) => !item.hasChildren);
  return settleAll(
    field,
    leaves.map(({ source, line, under }) => ({ line, source: nest(under, source) })),
  );
}

/** Criteria numbered in the order of the text; numbers that someone wrote before them give way. */
export function readCriteria(items: BriefItem[]): Read<Criterion[]> {
  const { value, problems } = readNestedList("doneWhen", items);
  const texts = (value ?? []).map(withoutNumber).filter(saysSomething);
  if (texts.length === 0) return { problems };
  return { value: texts.map((text, index) => ({ id: `AC-${index + 1}`, text })), problems };
}

function saysSomething(text: string): boolean {
  return text !== "" && !isNone(text) && !isFoldMarker(text);
}

function withoutNumber(text: string): string {
  const bare = text.replace(/^AC-\d+\s*[:.)]\s*/i, "");
  return bare === text ? text : withoutNumber(settleItem(bare));
}

function nest(under: string[], source: string): string {
  return [...under.map((text) => text.replace(/\s*:$/, "")), source].join(": ");
}

function settleAll(field: ListField, items: { source: string; line: number }[]): Read<string[]> {
  const most = limits.items[field];
  const first = items[0];
  if (!first) return { problems: [] };
  if (items.length > most)
    return {
      problems: [renderProblem("too-many-items", { line: first.line, field, other: items.length, most })],
    };
  const long = items.filter(({ source }) => source.length > limits.itemLength);
  const problems: Problem[] = long.map(({ source, line }) =>
    renderProblem("item-long", { line, field, found: source }),
  );
  const value = items
    .filter((item) => !long.includes(item))
    .map(({ source }) => settleItem(source))
    .filter(saysSomething);
  if (value.length === 0 && problems.length === 0) return noneAtAll(field, first.line);
  return { value, problems };
}

const needed = new Set<Field>(["nonGoals", "doneWhen"]);

function noneAtAll(field: ListField, line: number): Read<string[]> {
  return needed.has(field)
    ? { problems: [renderProblem("only-none", { line, field })] }
    : { value: [], problems: [] };
}
