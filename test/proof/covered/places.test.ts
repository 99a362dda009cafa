import { describe, expect, test } from "@jest/globals";
import { changedLines } from "../../../src/proof/checks/covered/changed-lines.ts";
import { isPlacedPath, placesIn } from "../../../src/proof/checks/covered/code-places.ts";

const lined = (text: string) => `${text.trim()}\n`;

/** Lines that end in a mark are those that a runtime executes; the mark is taken off before they are read. */
const marked = {
  "a.ts": lined(`
import { b } from "./b.js";
import type { C } from "./c.js";

// A comment
export type T = { a: number };
interface I {
  b: string;
}
declare const version: string;
export const limit: number = 9; //!
let open: T | undefined;
/** What it does. */
export function check(a: number, i?: I): boolean {
  if (a >= limit) { //!
    return true; //!
  } else if (a < 0) { //!
    throw new Error( //!
      "negative", //!
    );
  }
  for (const each of [1, 2]) { //!
    b(each); //!
  }
  switch (a) { //!
    case 1:
      b(a); //!
      break; //!
    default:
      b(2); //!
  }
  while (true) {
    if (a++ > 3) break; //!
  }
  const list = [1, 2].map((one) => //!
    one + 1, //!
  );
  do {
    a -= 1; //!
  } while (a > 0);
  try {
    return list.includes(a) as boolean; //!
  } catch {
    return false; //!
  }
}
export class K {
  static s = 1;
  run(): void {
    open = undefined; //!
  }
}
export { b } from "./b.js";
`),
  "a.js": lined(`
"use strict";
const a = require("a"); //!
module.exports = function (b) { //!
  // nothing
  var c;
  return a(b, { //!
    deep: true, //!
    call() { //!
      return c; //!
    },
  });
};
`),
  "a.py": lined(`
"""A module."""
import os
from b import c

LIMIT: int = 9 #!
name: str


def check(a, b=None):
    """What it does."""
    global name
    if a >= LIMIT: #!
        return True #!
    elif a < 0: #!
        raise ValueError( #!
            "negative" #!
        )
    else:
        name = "b" #!
    for each in [1, 2]: #!
        c(each) #!
    while True:
        break #!
    with open(a) as f: #!
        f.read() #!
    try:
        pass
    except OSError:
        a += 1 #!
    return [ #!
        x for x in b #!
        if x #!
    ]


class K:
    x = 1 #!

    def run(self):
        return self.x #!
`),
};

describe("the lines that a runtime executes", () => {
  test.each(Object.entries(marked))("of %s", (path, text) => {
    const mark = /\s*(?:\/\/|#)!$/;
    const expected = text.split("\n").flatMap((line, index) => (mark.test(line) ? [index + 1] : []));
    const plain = text
      .split("\n")
      .map((line) => line.replace(mark, ""))
      .join("\n");

    const lines = placesIn(path, plain)?.places.flatMap((place) => place.lines) ?? [];

    expect([...new Set(lines)].toSorted((a, b) => a - b)).toEqual(expected);
  });

  test.each([
    ["src/a.ts", true],
    ["a.py", true],
    ["lib/index.jsx", true],
    ["src/a.test.ts", false],
    ["types/a.d.ts", false],
    ["rollup.config.js", false],
    ["scripts/release.js", false],
    ["bench/run.mjs", false],
    ["dist/a.min.js", false],
    ["setup.py", false],
    ["README.md", false],
    ["main.go", false],
  ])("%s is read: %s", (path, expected) => {
    expect(isPlacedPath(path)).toBe(expected);
  });

  test("a file that a tool made has none", () => {
    expect(placesIn("a.js", `f(${"1,".repeat(2_000)}2);\n`)).toBeUndefined();
  });
});

describe("changed lines", () => {
  test.each<[string, string, string, number[]]>([
    ["a new file", "", "a\nb", [1, 2]],
    ["nothing", "a\nb", "a\nb", []],
    ["a line in the middle", "a\nb\nc", "a\nx\nc", [2]],
    ["a line put in", "a\nc", "a\nb\nc", [2]],
    ["a line taken out", "a\nb\nc", "a\nc", []],
    ["two places", "a\nb\nc\nd\ne", "a\nx\nc\nd\ny\ne", [2, 5]],
    ["a block that moved down", "a\nb\nc\nd", "c\nd\na\nb", [3, 4]],
    ["only blanks at the end of a line", "a \nb", "a\nb  ", []],
    ["only the ends of the lines", "a\r\nb\r\n", "a\nb\n", []],
    ["a repeated line", "x\nx\nx", "x\nx\nx\nx", [4]],
  ])("%s", (_, before, after, expected) => {
    expect([...changedLines(before, after)]).toEqual(expected);
  });

  test("are never fewer than what the shortest edit needs, whatever the texts", () => {
    const words = ["a", "b", "c"];
    for (let seed = 1; seed < 400; seed++) {
      const text = (salt: number) =>
        Array.from({ length: (seed * salt) % 7 }, (_, at) => words[(seed * (at + salt) * 7) % 3]).join("\n");
      const [before, after] = [text(5), text(3)];
      const changed = changedLines(before, after);
      const kept = after.split("\n").filter((_, index) => after !== "" && !changed.has(index + 1));

      expect(isSubsequence(kept, before.split("\n"))).toBe(true);
      expect(kept.length).toBe(longestCommon(before, after));
    }
  });
});

function isSubsequence(part: string[], whole: string[]): boolean {
  let at = 0;
  for (const one of whole) if (one === part[at]) at++;
  return at === part.length;
}

function longestCommon(one: string, other: string): number {
  const [a, b] = [one, other].map((text) => (text === "" ? [] : text.split("\n"))) as [string[], string[]];
  const table = Array.from({ length: a.length + 1 }, () => new Array<number>(b.length + 1).fill(0));
  for (let i = 1; i <= a.length; i++)
    for (let j = 1; j <= b.length; j++) {
      const row = table[i] ?? [];
      const [up = 0, left = 0, corner = 0] = [table[i - 1]?.[j], row[j - 1], table[i - 1]?.[j - 1]];
      row[j] = a[i - 1] === b[j - 1] ? corner + 1 : Math.max(up, left);
    }
  return table[a.length]?.[b.length] ?? 0;
}
