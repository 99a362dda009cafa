import type { FileText } from "../../../domain/evidence/change.ts";
import type { FailedTest } from "../../explain/failed-tests.ts";
import { countWords, moreOf } from "../weakened-tests/words.ts";
import type { Breakable } from "./breakable.ts";
import { type Breakables, findBreakables } from "./find-breakables.ts";

/** What is to be broken, in the order of its importance; `texts` are the files as they are now, by path. */
export type SelectedAssertions = { chosen: Breakable[]; untried: Breakable[]; texts: Map<string, string> };

/** Of a test whose own lines were not changed, so many assertions are tried. */
const mostOfOld = 3;
/** Of a file in which something else changed that may concern its assertions, so many tests are looked at. */
const mostProbes = 10;

/** Names by which a file may change what its assertions do. */
const concerning =
  /^(expect|assert\w*|should|chai|test|it|describe|mock\w*|spyOn|patch|monkeypatch|setattr|prototype|extend|Proxy|defineProperty|__eq__|equals?|\w*[eE]qual|toBe\w*|ok|Symbol|hasInstance)$/;

/**
 * Selects new and changed assertions, those of which the surroundings changed, and those of tests that were red on the base
 * and are green now (`red`): it is they that show the change. `standing` are test files that did not change.
 */
export function selectAssertions(
  changed: FileText[],
  { red, standing }: { red: FailedTest[]; standing: { path: string; text: string }[] },
): SelectedAssertions {
  const files = changed.flatMap(({ file, before, after }) =>
    file.after && after !== undefined
      ? [
          {
            path: file.path,
            text: after,
            was: findBreakables(file.path, file.before ? before : ""),
            is: findBreakables(file.path, after),
          },
        ]
      : [],
  );
  const gone = changed.flatMap(({ file, before }) =>
    file.after ? [] : findBreakables(file.path, before).found,
  );
  const fresh = gained(
    [...files.flatMap(({ was }) => was.found), ...gone],
    files.flatMap(({ is }) => is.found),
  );
  const others = standing.map(({ path, text }) => ({ path, text, is: findBreakables(path, text) }));
  const known = [...files, ...others].flatMap(({ is }) => is.found);
  const all = new Set([...fresh, ...ofRed(known, red), ...files.flatMap(({ was, is }) => probes(was, is))]);
  const wanted = [...all];
  return {
    chosen: wanted.filter(({ why }) => why === ""),
    untried: wanted.filter(({ why }) => why !== ""),
    texts: new Map([...files, ...others].map(({ path, text }) => [path, text])),
  };
}

/** Those that a test has more of than before; a test that was only renamed or moved has what it had. */
function gained(before: Breakable[], after: Breakable[]): Breakable[] {
  const own = ({ path, test, key }: Breakable) => `${path}\0${test}\0${key}`;
  const left = takeAway(after, { counts: countWords(before.map(own)), keyOf: own });
  const fresh = new Set(left);
  const kept = countWords(after.filter((one) => !fresh.has(one)).map(({ key }) => key));
  const others = countWords(before.map(({ key }) => key));
  for (const [key, count] of kept) others.set(key, (others.get(key) ?? 0) - count);
  return takeAway(left, { counts: others, keyOf: ({ key }) => key });
}

function takeAway(
  all: Breakable[],
  { counts, keyOf }: { counts: Map<string, number>; keyOf: (one: Breakable) => string },
): Breakable[] {
  return all.filter((one) => {
    const left = counts.get(keyOf(one)) ?? 0;
    counts.set(keyOf(one), left - 1);
    return left <= 0;
  });
}

function ofRed(found: Breakable[], red: FailedTest[]): Breakable[] {
  return red.flatMap(({ name, path }) =>
    found
      .filter((one) => one.called?.test(name) && (path === undefined || isSamePath(one.path, path)))
      .slice(0, mostOfOld),
  );
}

function isSamePath(one: string, other: string): boolean {
  return one.endsWith(other) || other.endsWith(one);
}

/** The first assertion of each test whose own words changed, and of some where what stands outside of tests may concern it. */
function probes({ suite: was }: Breakables, { suite, found }: Breakables): Breakable[] {
  if (!was || !suite) return [];
  const [outside, inside] = [was.cases, suite.cases].map(
    (cases) => cases.find(({ kind }) => kind === "file")?.words ?? [],
  );
  const isConcerned = [...moreOf(inside ?? [], outside ?? []), ...moreOf(outside ?? [], inside ?? [])].some(
    (word) => concerning.test(word),
  );
  const old = new Set(was.cases.map(({ name, words }) => `${name}\0${words.join(" ")}`));
  const tests = suite.cases.filter(({ kind }) => kind === "test");
  const changed = tests.filter(({ name, words }) => !old.has(`${name}\0${words.join(" ")}`));
  const looked = new Set(
    [...changed, ...(isConcerned ? tests.slice(0, mostProbes) : [])].map(({ name }) => name),
  );
  return [...looked].flatMap((name) => found.find(({ test, why }) => test === name && why === "") ?? []);
}
