import { expect, test } from "@jest/globals";
import type { FileText } from "../../../src/domain/evidence/change.ts";
import { selectAssertions } from "../../../src/proof/checks/assertions/select-assertions.ts";

const side = (id: string) => ({ mode: "100644", id: id.repeat(40), bytes: 1 });
const changed = (before: string | undefined, after: string, path = "test/a.test.js"): FileText => ({
  file: { path, before: before === undefined ? null : side("1"), after: side("2") },
  ...{ before, after },
});
const head = 'import test from "node:test";\nimport assert from "node:assert";\n';
const one = 'test("one", () => {\n  assert.equal(f(1), 1);\n});\n';
const two = 'test("two", () => {\n  assert.equal(f(1), 1);\n  assert.equal(f(2), 2);\n});\n';
const none = { red: [], standing: [] };
const told = (texts: FileText[], more: Parameters<typeof selectAssertions>[1] = none) =>
  selectAssertions(texts, more).chosen.map(({ test: name, line, path }) => `${path}:${line} ${name}`);

test.each<[string, FileText, string[]]>([
  ["a new file", changed(undefined, head + one), ["test/a.test.js:4 one"]],
  [
    "a new test, and not an old one that asserts the same",
    changed(head + one, head + two + one),
    ["4 two", "5 two"].map((at) => `test/a.test.js:${at}`),
  ],
  [
    "another expected value",
    changed(head + one, head + one.replace(", 1)", ", 2)")),
    ["test/a.test.js:4 one"],
  ],
  ["a file that is as it was", changed(head + one, head + one), []],
  ["a test that was moved", changed(head + one + two, head + two + one), []],
  [
    "a test that was renamed",
    changed(head + one, head + one.replace('"one"', '"first"')),
    ["test/a.test.js:4 first"],
  ],
  [
    "an assertion that now stands in a callback",
    changed(
      head + one,
      head + one.replace("assert.equal(f(1), 1);", "const later = () => assert.equal(f(1), 1);"),
    ),
    ["test/a.test.js:4 one"],
  ],
  [
    "an assertion whose failure is taken now",
    changed(
      head + one,
      head + one.replace("assert.equal(f(1), 1);", "try { assert.equal(f(1), 1); } catch {}"),
    ),
    ["test/a.test.js:4 one"],
  ],
  [
    "another library of that name",
    changed(
      head + one,
      head.replace('from "node:assert"', 'from "./own.js"').replace("assert", "{ assert }") + one,
    ),
    ["test/a.test.js:4 one"],
  ],
  [
    "a library that is written over",
    changed(head + one, `${head}assert.equal = new Proxy(() => {}, {});\n${one}`),
    ["test/a.test.js:5 one"],
  ],
  [
    "what its test computes first",
    changed(head + one, head + one.replace("assert.equal", "f = () => 1;\n  assert.equal")),
    ["test/a.test.js:5 one"],
  ],
])("%s", (_, text, expected) => {
  expect(told([text])).toEqual(expected);
});

test("of the tests that were red on the base some assertions are tried though nothing in them changed", () => {
  const standing = [{ path: "test/b.test.js", text: head + two }];

  expect(told([], { red: [{ name: "two" }], standing })).toEqual([
    "test/b.test.js:4 two",
    "test/b.test.js:5 two",
  ]);
  expect(told([], { red: [{ name: "two", path: "test/c.test.js" }], standing })).toEqual([]);
});

test("a test that moved to another file has what it had", () => {
  const gone = { ...changed(head + one, "", "test/old.test.js"), after: undefined };
  gone.file = { ...gone.file, after: null };

  expect(told([gone, changed(undefined, head + one)])).toEqual([]);
});
