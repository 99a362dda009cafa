import type { Edit } from "./edit.ts";

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
  called: RegExp | undefined;
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

/** Matches the names that a runner gives a test, for a title that may have been computed in part. */
export function namePattern(title: string): RegExp | undefined {
  const parts = title.replace(/\\(.)/g, "$1").split(/\$\{[^{}]*\}|%[sdifjop#%o]|\$#?[A-Za-z_][\w.]*/);
  if (parts.every((part) => part.trim() === "")) return undefined;
  return new RegExp(`^${parts.map((part) => escaped(part.trim())).join("\\s*.*\\s*")}$`, "s");
}

/** Matches what go calls a test or a method of a suite, and tests inside of it. */
export function goPattern(name: string): RegExp {
  return new RegExp(`(?:^|/)${escaped(name)}(?:$|/)`);
}

function escaped(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&").replace(/\s+/g, "\\s+");
}
