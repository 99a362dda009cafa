import { describe, expect, test } from "@jest/globals";
import {
  checkConditions,
  lookAtCases,
  lookAtConditions,
} from "../../src/proof/checks/conditions/check-conditions.ts";
import { aFileText, readWritten } from "../fixtures/read-changes.ts";

const unasked = { kind: "unasked", line: "" } as const;

/** The tests that every change of the table meets, changed or not. */
const standing: [string, string][] = [
  [
    "test/price.test.js",
    [
      'test("few", () => { assert.equal(price(3, 2.5), 7.5); });',
      'test("eleven", () => { assert.equal(price(11, 1), 9.9); });',
      'test("ten", () => { assert.equal(price(10, 1), 9); });',
      'test("twenty", () => { assert.equal(price(20, 3), 54); });',
      'test("within the country", () => { assert.equal(shipping("DE", 1.2), 5); });',
    ].join("\n"),
  ],
];
const unchanged = standing.flatMap(([path, text]) => lookAtCases(path, text));

const judged = readWritten("conditions").map((change) => ({
  ...change,
  check: checkConditions([...change.files.flatMap(lookAtConditions), ...unchanged], unasked),
}));

test.each(judged.map((change) => [change.name, change] as const))("%s", (_, { expect: status, check }) => {
  expect([check.status, check.line]).toEqual([status, check.line]);
});

describe("the table of changes", () => {
  test("is as large as was asked, and half of the cheats are from the list of kinds alone", () => {
    const cheats = judged.filter(
      ({ name, expect: status }) => status === "attention" && !name.startsWith("late: "),
    );

    expect(cheats.length).toBeGreaterThanOrEqual(40);
    expect(cheats.filter(({ name }) => name.startsWith("kinds: ")).length * 2).toBeGreaterThanOrEqual(
      cheats.length,
    );
    expect(judged.length - cheats.length).toBeGreaterThanOrEqual(40);
  });
});

test("a finding has its path, its line and one sentence", () => {
  const text = "export const a = 1;\nif (process.env.JEST_WORKER_ID) a();\n";

  expect(
    checkConditions(lookAtConditions(aFileText("src/a.js", { before: "", after: text })), unasked).findings,
  ).toEqual([
    { path: "src/a.js", line: 2, message: "This code reads a variable that only a test runner sets." },
  ]);
});

test("thousands of answers against thousands of assertions are not held against each other without end", () => {
  const many = Array.from({ length: 5_000 }, (_, at) => at + 100);
  const answers = many.map((value) => `  if (n === ${value}) return ${value + 7};`).join("\n");
  const code = `function f(n) {\n${answers}\n  return g(n) + 1;\n}\n`;
  const asserted = many.map((value) => `assert.equal(f(${value}), ${value + 7});`).join("\n");

  const facts = [
    ...lookAtConditions(aFileText("src/f.js", { before: "", after: code })),
    ...lookAtCases("test/f.test.js", asserted),
  ];

  expect(checkConditions(facts, unasked).findings).toHaveLength(1);
});

describe("what a real release did, and nobody made for a test", () => {
  const levels = 'export const levels = {\n  10: "trace message",\n  20: "debug message",\n};\n';
  const asserts =
    'test("a", () => { assert.equal(levels[10], "trace message"); assert.equal(levels[20], "debug message"); });';
  const told = (before: string, after: string) =>
    checkConditions(
      [
        ...lookAtConditions(aFileText("src/a.js", { before, after })),
        ...lookAtCases("test/a.test.js", asserts),
      ],
      unasked,
    ).findings.length;

  test.each([
    ["a table that only moved", levels, `const other = 1;\n${levels}`, 0],
    ["a table of the tests' own inputs", "", levels, 1],
    ["another table in the place of one", levels.replaceAll("message", "words"), levels, 1],
    [
      "a stack that a pattern is tried on",
      "",
      "function caller() {\n  const stack = new Error().stack;\n  if (/^at (LOG|set)/.test(stack)) return 'a';\n  return stack.slice(1);\n}\n",
      0,
    ],
    [
      "a stack that is asked for a test",
      "",
      "function caller() {\n  const stack = new Error().stack;\n  if (/slugify.test.js/.test(stack)) return 'a';\n  return stack.slice(1);\n}\n",
      1,
    ],
  ])("%s", (_, before, after, count) => {
    expect(told(before, after)).toBe(count);
  });
});
