import { oneLine } from "../../../domain/text/one-line.ts";
import type { Edit } from "./edit.ts";

/** Tells whether a name that a runner gave is that of a test. */
export type NameMatcher = { test(name: string): boolean };

/** An assertion of a test file: where it stands, and how it is made one that must fail, or why it is left alone. */
export type Breakable = {
  path: string;
  /** From 1. */
  line: number;
  /** Its first line, as it stands there. */
  text: string;
  /** The test around it as its file names it; "" outside of all tests. */
  test: string;
  /** What runners call that test. */
  called: NameMatcher | undefined;
  /** What it compares, and within what: the same on both sides where nothing that concerns it was changed. */
  key: string;
  edits: Edit[];
  /** "" where it can be broken. */
  why: string;
};

/** How much of an assertion is told, in characters. */
const longest = 120;

/** The first line of a stretch of a text. */
export function firstLine(text: string): string {
  const [line = ""] = text.trim().split("\n");
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}

/** What a title computes, in the ways of templates and of tables of tests. */
const computed = /\$\{[^{}]*\}|%[sdifjop#%o]|\$#?[A-Za-z_][\w.]*/;

/** Matches the names that a runner gives a test, for a title that may have been computed in part. */
export function namePattern(title: string): NameMatcher | undefined {
  const parts = title.replace(/\\(.)/g, "$1").split(computed).map(oneLine);
  if (parts.every((part) => part === "")) return undefined;
  return { test: (name) => standInOrder(parts, oneLine(name)) };
}

/** Each part is looked for once, behind the one before: no title makes this slow. */
function standInOrder(parts: string[], name: string): boolean {
  const [first = "", ...rest] = parts;
  const last = rest.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.endsWith(last) && name.length - last.length >= at;
}

/** Matches what go calls a test or a method of a suite, and tests inside of it. */
export function goPattern(name: string): NameMatcher {
  return { test: (told) => told.split("/").includes(name) };
}
