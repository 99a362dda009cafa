import { compareAssertions } from "./compare-assertions.ts";
import { compareTables } from "./compare-tables.ts";
import { type Gains, gainsOf, survives } from "./gains.ts";
import { groupBy } from "./group-by.ts";
import { type Pair, type Pairing, type Placed, pairTests, type TestFile } from "./pair-tests.ts";
import { holdsTests } from "./read-suite.ts";
import type { TestCase } from "./suite.ts";

/** One thing that weakens the tests; `weight` is what it makes of the check: `told` is said, and changes nothing. */
export type Weakness = {
  weight: "fail" | "attention" | "told";
  path: string;
  line: number | undefined;
  message: string;
};

/** Finds the tests that are gone, do not run any more, or check less than before. */
export function compareTests(files: TestFile[], deleted: Set<string>): Weakness[] {
  const pairing = pairTests(files);
  const gains = gainsOf(pairing, files);
  return [
    ...deletions(pairing, { gains, deleted }),
    ...skips(pairing.pairs),
    ...pairing.pairs.flatMap((pair) => comparePair(pair, gains)),
    ...pairing.added.flatMap((each) => focus(undefined, each)),
  ];
}

function deletions(
  { removed }: Pairing,
  { gains, deleted }: { gains: Gains; deleted: Set<string> },
): Weakness[] {
  const subjects = subjectsOf(deleted);
  const gone = removed.filter(({ test }) => test.kind === "test" && !movedOn(test, gains));
  const files = [...groupBy(gone, ({ path }) => path)].flatMap(([path, tests]) =>
    describeDeletion(path, { tests, deleted, subjects }),
  );
  const loose = removed.filter(({ test }) => test.kind === "file" && deleted.has(test.name));
  return [...files, ...loose.flatMap((each) => looseAssertions(each, gains))];
}

/** What the test asserted is asserted by what was added: a table of cases, a longer test. */
function movedOn(test: TestCase, gains: Gains): boolean {
  if (test.skip && !test.skip.condition) return true;
  if (test.assertions.length === 0) return test.words.length < 12;
  return test.assertions.every((each) => gains.keys.has(each.key) || survives(each, gains.words));
}

function describeDeletion(
  path: string,
  { tests, deleted, subjects }: { tests: Placed[]; deleted: Set<string>; subjects: Map<string, string> },
): Weakness[] {
  const names = tests.slice(0, 3).map(({ test }) => titled(test));
  const more = tests.length > names.length ? ` and ${tests.length - names.length} more` : "";
  const subject = deleted.has(path) ? subjectOf(path, subjects) : undefined;
  const gone = subject ? `; ${subject}, which it seems to have tested, is deleted too` : "";
  const what = deleted.has(path) ? "deleted with their file" : "deleted";
  const message = `${tests.length} test(s) ${what}: ${names.join(", ")}${more}${gone}`;
  return [{ weight: "fail", path, line: undefined, message }];
}

const code = /\.([cm]?[jt]sx?|vue|svelte|py|go|rs|java|kt|cs|php|rb|exs?|swift|scala)$/;

/** The deleted files that are no tests, by the stem of their names. */
function subjectsOf(deleted: Set<string>): Map<string, string> {
  const subjects = [...deleted].filter((path) => code.test(path) && !holdsTests(path));
  return new Map(subjects.map((path) => [stemOf(path), path]));
}

/** The deleted file whose name a deleted test file bears; short and common names tell nothing. */
function subjectOf(path: string, subjects: Map<string, string>): string | undefined {
  const stem = stemOf(path);
  return stem.length < 3 || stem === "index" ? undefined : subjects.get(stem);
}

function stemOf(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1).replace(/\.[a-z]+$/i, "");
  return name.replace(/^test_|_test$|[._-](test|spec)$|Tests?$/i, "").toLowerCase();
}

function looseAssertions({ path, test }: Placed, gains: Gains): Weakness[] {
  const gone = test.assertions.filter(
    (each) => !gains.keys.has(each.key) && !gains.helpers.has(each.key) && !survives(each, gains.words),
  );
  if (gone.length === 0) return [];
  const message = `file deleted with ${gone.length} assertion(s) outside of tests`;
  return [{ weight: "attention", path, line: undefined, message }];
}

/** Skipped tests, one finding for each place that skips them. */
function skips(pairs: Pair[]): Weakness[] {
  const places = new Map<string, { placed: Placed; count: number }>();
  for (const { before, after } of pairs) {
    const [was, is] = [before.test.skip, after.test.skip];
    if (!is || after.test.kind === "file" || (was && (!was.condition || is.condition))) continue;
    const key = `${after.path}:${is.line}`;
    places.set(key, { placed: places.get(key)?.placed ?? after, count: (places.get(key)?.count ?? 0) + 1 });
  }
  return [...places.values()].map(({ placed, count }) => ({
    weight: "fail",
    path: placed.path,
    line: placed.test.skip?.line,
    message: skipMessage(placed.test, count),
  }));
}

function skipMessage(test: TestCase, count: number): string {
  const { skip } = test;
  const what = count > 1 ? `${count} tests do` : `${titled(test)} does`;
  const when = skip?.condition ? ` under a condition (${skip.condition.slice(0, 60)})` : "";
  return `${what} not run any more${when}: ${skip?.how ?? ""}`;
}

function comparePair(pair: Pair, gains: Gains): Weakness[] {
  const { path, test } = pair.after;
  const was = pair.before.test;
  const name = test.kind === "file" ? "outside of tests" : titled(test);
  const say = (message: string, line = test.line): Weakness => ({
    weight: "attention",
    path,
    line,
    message: `${name}: ${message}`,
  });
  if (test.skip && !was.skip) return [];
  if (test.hollow && !was.hollow && was.assertions.length > 0) return [say(test.hollow)];
  const rows = compareTables(was.tables, test.tables, gains.rows).map(({ name: table, lost, of }) =>
    say(`${lost} of the ${of} rows of ${table} removed`),
  );
  const silenced =
    test.swallowed > was.swallowed ? [say("a failing assertion is caught and nothing fails")] : [];
  const cutOff =
    test.unreached > was.unreached
      ? [
          say(
            `${test.unreached - was.unreached} assertion(s) behind a \`return\` or a condition that is never true`,
          ),
        ]
      : [];
  const assertions = compareAssertions(was, test, gains).map(({ message, line }) => say(message, line));
  return [...focus(was, pair.after), ...rows, ...silenced, ...cutOff, ...assertions];
}

function focus(before: TestCase | undefined, { path, test }: Placed): Weakness[] {
  if (!test.focused || before?.focused) return [];
  const message = `${titled(test)} is focused: the other tests do not run`;
  return [{ weight: "attention", path, line: test.line, message }];
}

/** A test as it is shown; some have no title. */
function titled({ name, title, line }: TestCase): string {
  return name.trim() === "" ? `the test without a title at line ${line}` : `“${title.slice(0, 80)}”`;
}
