import { type Brief, kinds, type Problem } from "../../domain/task/brief.ts";
import { type Field, limits } from "./fields.ts";
import { isNone } from "./is-none.ts";
import type { BriefItem } from "./read-items.ts";
import { codesOf, splitEntries } from "./read-paths.ts";
import type { Read } from "./read-result.ts";
import { type Rule, renderProblem } from "./render-problem.ts";

/** The kind of task; `other` where none is given. */
export function readKind(items: BriefItem[]): Read<Brief["kind"]> {
  const text = shortFieldWords(items);
  if (isNone(text)) return { value: "other", problems: [] };
  const kind = kinds.find((one) => lettersOf(one) === lettersOf(text));
  return kind ? { value: kind, problems: [] } : refuseItems("kind", { items, field: "kind", found: text });
}

/** A branch that GitHub could have. */
export function readBase(items: BriefItem[]): Read<string> {
  const text = shortFieldWords(items);
  if (isNone(text)) return { problems: [] };
  return isBranch(text)
    ? { value: text, problems: [] }
    : refuseItems("base", { items, field: "base", found: text });
}

/** The name of an agent; whether it is configured is not known here. */
export function readAgent(items: BriefItem[]): Read<string> {
  const text = shortFieldWords(items);
  if (isNone(text)) return { problems: [] };
  if (/^[a-z\d][\w.-]{0,63}$/i.test(text)) return { value: text, problems: [] };
  return refuseItems("agent", { items, field: "agent", found: text });
}

/** The issues that must be closed first. */
export function readDependsOn(items: BriefItem[]): Read<number[]> {
  const field = "dependsOn";
  const words = items.flatMap(({ source, line }) =>
    source.split(/[\s,;]+|\band\b/i).flatMap((word) => (word === "" || isNone(word) ? [] : [{ word, line }])),
  );
  const numbers = words.map(({ word }) =>
    Number(/^\[?(?:#|GH-)?(?<number>[1-9]\d{0,8})(?:\]\([^()]*\))?\.?$/i.exec(word)?.groups?.number),
  );
  const problems = words
    .filter((_, index) => Number.isNaN(numbers[index]))
    .map(({ word, line }) => renderProblem("depends-on", { line, field, found: word.slice(0, 80) }));
  const value = [...new Set(numbers.filter((number) => !Number.isNaN(number)))];
  if (value.length > limits.dependsOn)
    return refuseItems("depends-many", { items, field, most: limits.dependsOn });
  return { value, problems };
}

const dependency = /^(?<name>(?:@[\w.~-]+\/)?[a-z\d_](?:[\w.~/-]|:(?!\/))*)(?:@(?<range>[^@\s`][^`]*))?$/i;

/** The dependencies that may be added or changed. */
export function readDependencies(items: BriefItem[]): Read<Brief["dependencies"]> {
  const field = "dependencies";
  const entries = items.flatMap(({ source, line }) =>
    splitEntries(source).map((entry) => ({ entry: entry.text, line })),
  );
  const problems: Problem[] = [];
  const value: Brief["dependencies"] = [];
  for (const one of entries.map(readEntry)) {
    problems.push(...one.problems);
    const { name = "" } = one.value ?? {};
    if (one.value && value.some((before) => before.name === name))
      problems.push(renderProblem("dependency-twice", { line: one.line, field, found: name }));
    else if (one.value) value.push(one.value);
  }
  const most = limits.items.dependencies;
  if (value.length > most) return refuseItems("too-many-items", { items, field, other: value.length, most });
  return { value, problems };
}

type ReadEntry = Read<Brief["dependencies"][number]> & { line: number };

/** One dependency; of one that is written in another way, what was meant. */
function readEntry({ entry, line }: { entry: string; line: number }): ReadEntry {
  if (noDependencies.test(entry)) return { line, problems: [] };
  const given = dependencyOf(entry);
  if (given) return { line, value: given, problems: [] };
  const meant = meantDependency(entry);
  const known = meant ? `${meant.name}@${meant.range}` : "";
  const about = { line, field: "dependencies" as const, found: entry.slice(0, 80), known };
  return { line, ...(meant && { value: meant }), problems: [renderProblem("dependency", about)] };
}

const noDependencies = /^no(?: new)? (?:dependencies|deps)\.?$/i;

/** `requests>=2.0` and `zod ^4`, as other ecosystems and people write them. */
function meantDependency(entry: string): Brief["dependencies"][number] | undefined {
  const parts = /^(?<name>[^\s<>=~^!]+)(?:\s+(?=[\dv<>=~^!])|(?=[<>=~!^]))(?<range>[^@`]+)$/.exec(
    entry,
  )?.groups;
  return parts ? dependencyOf(`${parts.name}@${parts.range?.trim()}`) : undefined;
}

function dependencyOf(entry: string): Brief["dependencies"][number] | undefined {
  const { name, range } = dependency.exec(entry)?.groups ?? {};
  if (name === undefined || entry.length > 200) return undefined;
  return { name, ...(range !== undefined && { range: range.trim() }) };
}

/** The one value of a short field: its words, out of the backticks that people like to put around them. */
export function shortFieldWords(items: BriefItem[]): string {
  const text = items
    .map((item) => item.source)
    .join(" ")
    .trim();
  const [code, ...others] = codesOf(text);
  return code !== undefined && others.length === 0 && /^`+[^`]*`+$/.test(text) ? code.trim() : text;
}

function lettersOf(text: string): string {
  return text.toLowerCase().replace(/[^a-z]/g, "");
}

/** The rules of `git check-ref-format` for a branch. */
function isBranch(name: string): boolean {
  if (name.length > 200 || !/^[^\s~^:?*[\\`<>|"']+$/.test(name)) return false;
  if (/\.\.|@\{|\/\/|^[-/]|[/.]$|^@$/.test(name)) return false;
  return name.split("/").every((part) => !part.startsWith(".") && !part.endsWith(".lock"));
}

type RefusedItems = { items: BriefItem[]; field: Field; found?: string; most?: number; other?: number };

function refuseItems(rule: Rule, { items, found = "", ...about }: RefusedItems): Read<never> {
  return {
    problems: [renderProblem(rule, { line: items[0]?.line ?? 1, ...about, found: found.slice(0, 80) })],
  };
}
