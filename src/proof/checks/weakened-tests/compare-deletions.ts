import { type Gains, isNewRow, survives } from "./gains.ts";
import { groupBy } from "./group-by.ts";
import { type CodeFile, isCode, lostNames, namedBy } from "./lost-names.ts";
import type { Pairing, Placed } from "./pair-tests.ts";
import type { TestCase } from "./suite.ts";
import { titled } from "./titled.ts";
import type { Weakness } from "./weakness.ts";

/** What deleted tests are compared with: the deleted paths, and the changed code. */
export type Gone = { deleted: Set<string>; code: CodeFile[] };

/**
 * The code that deleted tests may have tested: `deleted` paths, deleted `files` by the stem of their names, names that the code
 * `lost` with the file of each, and the files that were `read` for such names.
 */
type DeletedSubjects = {
  deleted: Set<string>;
  files: Map<string, string>;
  lost: Map<string, string>;
  read: Set<string>;
};

/** Finds the tests that are gone, and tells those whose code is gone too from the others. */
export function compareDeletions(pairing: Pairing, gains: Gains, { deleted, code }: Gone): Weakness[] {
  const { removed, pairs, added } = pairing;
  const left = [...pairs.map(({ after }) => after), ...added].filter(({ test }) => test.kind === "test");
  const subjects: DeletedSubjects = {
    deleted,
    files: filesByStem(deleted),
    lost: lostNames(
      code,
      left.flatMap(({ test }) => test.words),
    ),
    read: new Set(code.map(({ path }) => path)),
  };
  const gone = removed.filter(({ test }) => test.kind === "test" && !movedOn(test, gains));
  const files = [...groupBy(gone, ({ path }) => path)].flatMap(([path, tests]) =>
    describeFile(path, tests, subjects),
  );
  const loose = removed.filter(({ test }) => test.kind === "file" && deleted.has(test.name));
  return [...files, ...loose.flatMap((each) => looseAssertions(each, gains))];
}

/** What the test asserted is asserted by what was added: a table of cases, a longer test. */
function movedOn(test: TestCase, gains: Gains): boolean {
  if (test.skip && !test.skip.condition) return true;
  if (test.assertions.length === 0) return test.words.length < 12;
  return test.assertions.every(
    (each) => gains.keys.has(each.key) || survives(each, gains.words) || isNewRow(each, gains),
  );
}

/** A test that was deleted with its code needs attention: was the behaviour to go? One whose code stays is a failure. */
function describeFile(path: string, tests: Placed[], subjects: DeletedSubjects): Weakness[] {
  const { deleted, files, lost, read } = subjects;
  const subject = deleted.has(path) ? deletedSubject(path, files) : undefined;
  const named = new Map(tests.map((each) => [each, namedBy(each.test.words, lost)]));
  const isWhole =
    subject && (!read.has(subject) || [...named.values()].some((name) => lost.get(name ?? "") === subject));
  const withCode = tests.filter((each) => isWhole || named.get(each) !== undefined);
  const alone = tests.filter((each) => !withCode.includes(each));
  const what = deleted.has(path) ? "deleted with their file" : "deleted";
  const say = (weight: Weakness["weight"], some: Placed[], why: string): Weakness[] =>
    some.length > 0
      ? [
          {
            weight,
            path,
            line: undefined,
            message: `${some.length} test(s) ${what}: ${listTests(some)}${why}`,
          },
        ]
      : [];
  const name = withCode.map((each) => named.get(each)).find((each) => each !== undefined);
  const gone = isWhole
    ? `; ${subject}, which it seems to have tested, is deleted too`
    : `; “${name}” of ${lost.get(name ?? "")}, which they name, is gone too`;
  return [...say("fail", alone, ""), ...say("attention", withCode, gone)];
}

function listTests(tests: Placed[]): string {
  const names = tests.slice(0, 3).map(({ test }) => titled(test));
  return `${names.join(", ")}${tests.length > names.length ? ` and ${tests.length - names.length} more` : ""}`;
}

/** The deleted files that are no tests, by the stem of their names. */
function filesByStem(deleted: Set<string>): Map<string, string> {
  return new Map([...deleted].filter(isCode).map((path) => [testedStem(path), path]));
}

/** The deleted file whose name a deleted test file bears; short and common names tell nothing. */
function deletedSubject(path: string, files: Map<string, string>): string | undefined {
  const stem = testedStem(path);
  return stem.length < 3 || stem === "index" ? undefined : files.get(stem);
}

function testedStem(path: string): string {
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
