import { expect, test } from "@jest/globals";
import { planTree } from "../../../src/adapters/github/plan-tree.ts";
import type { ChangedFile } from "../../../src/domain/evidence/change.ts";

let ids = 0;

function id(): string {
  ids += 1;
  return ids.toString(16).padStart(40, "0");
}

function added(path: string, bytes = 10): ChangedFile {
  return { path, before: null, after: { mode: "100644", id: id(), bytes } };
}

function deleted(path: string): ChangedFile {
  return { path, before: { mode: "100644", id: id() }, after: null };
}

function paths(files: ChangedFile[], bounds?: { entries: number; bytes: number }): string[][] {
  return planTree(files, bounds).map((chunk) => chunk.map(({ path }) => path));
}

test("a usual change is one chunk, deletions first", () => {
  expect(paths([added("a"), deleted("b"), added("c")])).toEqual([["b", "a", "c"]]);
});

test("nothing changed needs no request", () => {
  expect(planTree([])).toEqual([]);
});

test("a file goes before a directory of its name comes", () => {
  expect(paths([added("a/b"), deleted("a"), deleted("z")])).toEqual([["a"], ["z", "a/b"]]);
});

test("a directory goes before a file of its name comes", () => {
  expect(paths([added("a"), deleted("a/b/c"), deleted("ab/c")])).toEqual([["a/b/c"], ["ab/c", "a"]]);
});

test("chunks hold so many entries and bytes; what is a blob of its own weighs nothing", () => {
  const files = [added("a", 60), added("b", 60), added("c", 10), added("d", 10), added("e", 10)];

  expect(paths(files, { entries: 3, bytes: 100 })).toEqual([["a"], ["b", "c", "d"], ["e"]]);
  expect(paths([added("a", 9e6), added("b", 9e6)])).toEqual([["a", "b"]]);
  expect(paths([added("a", 200)], { entries: 3, bytes: 100 })).toEqual([["a"]]);
});

test("objects that the base has, and other repositories' commits, are named and not sent", () => {
  const from = { mode: "100644", id: id() };
  const moved: ChangedFile[] = [
    { path: "old", before: from, after: null },
    { path: "new", before: null, after: { ...from, bytes: 10 } },
    { path: "sub", before: null, after: { mode: "160000", id: id(), bytes: 0 } },
    added("other"),
  ];

  const known = planTree(moved)
    .flat()
    .map(({ path, known: has }) => [path, has]);

  expect(known).toEqual([
    ["old", true],
    ["new", true],
    ["sub", true],
    ["other", false],
  ]);
});
