import { gainedRows } from "./compare-tables.ts";
import type { Pairing, TestFile } from "./pair-tests.ts";
import type { Assertion, TestCase } from "./suite.ts";
import { countWords, moreOf, wordsOf } from "./words.ts";

/**
 * What a change adds to the tests that run: there lost assertions may be found again. `keys` are those of its
 * assertions, `helpers` those outside of tests, which a test may call, `rows` those of tables, `cases` the words of each new
 * row with those of the test that is made from it.
 */
export type Gains = {
  keys: Set<string>;
  helpers: Set<string>;
  words: Set<string>;
  rows: Set<string>;
  cases: { row: Set<string>; test: Set<string> }[];
};

/** Gathers what running tests have more of than before. */
export function gainsOf({ pairs, added }: Pairing, files: TestFile[]): Gains {
  const gains: Gains = {
    ...{ keys: new Set(), helpers: new Set(), words: new Set(), rows: new Set() },
    cases: [],
  };
  for (const { test } of added) if (!test.skip) gather(gains, test, undefined);
  for (const { before, after } of pairs)
    if (!after.test.skip || before.test.skip) gather(gains, after.test, before.test);
  for (const { before, after } of files)
    for (const word of moreOf(after.tableWords, before.tableWords)) gains.words.add(word);
  return gains;
}

function gather(gains: Gains, after: TestCase, before: TestCase | undefined): void {
  const keys = after.kind === "file" ? gains.helpers : gains.keys;
  for (const { key } of gainedAssertions(before?.assertions ?? [], after.assertions)) keys.add(key);
  const test = new Set(after.words);
  for (const row of gainedRows(before?.tables ?? [], after.tables)) {
    gains.rows.add(row);
    if (after.kind === "test" && gains.cases.length < mostCases)
      gains.cases.push({ row: new Set(wordsOf(row)), test });
  }
  if (after.kind === "file") return;
  for (const word of moreOf(after.words, before?.words ?? [])) gains.words.add(word);
}

/** More new rows than these are data. */
const mostCases = 500;

/** Whether a new row of a table has the values of an assertion, and its test the names. */
export function isNewRow(assertion: Assertion, { cases }: Gains): boolean {
  const words = wordsOf(`${assertion.subject} ${assertion.argument}`).filter((word) =>
    /^[\p{L}_$\d]/u.test(word),
  );
  return cases.some(
    ({ row, test }) =>
      words.some((word) => row.has(word)) &&
      words.every((word) => row.has(word) || (!/^\d/.test(word) && test.has(word))),
  );
}

/** Those assertions of the second list that the first has not, or not as often. */
export function gainedAssertions(before: Assertion[], after: Assertion[]): Assertion[] {
  const counts = countWords(before.map(({ key }) => key));
  return after.filter(({ key }) => {
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
}

/** Whether what an assertion is about, and most of what it compares with, is among the words. */
export function survives(assertion: Assertion, words: Set<string>): boolean {
  const all = [...new Set(wordsOf(`${assertion.subject} ${assertion.argument}`))];
  const names = all.filter((word) => /^[\p{L}_$]/u.test(word));
  const values = all.filter((word) => /^\d/.test(word));
  const missing = [...names, ...values].filter((word) => !words.has(word));
  return (
    all.length > 0 && missing.length <= (names.length + values.length) / 5 && names.length + values.length > 0
  );
}
