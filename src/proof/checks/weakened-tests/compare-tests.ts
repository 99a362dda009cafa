import { compareAssertions } from "./compare-assertions.ts";
import { compareDeletions, type Gone } from "./compare-deletions.ts";
import { compareInline } from "./compare-inline.ts";
import { compareNew } from "./compare-new.ts";
import { compareTables } from "./compare-tables.ts";
import { type Gains, gainsOf } from "./gains.ts";
import { type Pair, type Placed, pairTests, type TestFile } from "./pair-tests.ts";
import type { TestCase } from "./suite.ts";
import { titled } from "./titled.ts";
import type { Weakness } from "./weakness.ts";

/** Finds the tests that are gone, do not run any more, or check less than before. */
export function compareTests(files: TestFile[], gone: Gone): Weakness[] {
  const pairing = pairTests(files);
  const gains = gainsOf(pairing, files);
  return [
    ...compareDeletions(pairing, gains, gone),
    ...skips(pairing.pairs),
    ...pairing.pairs.flatMap((pair) => comparePair(pair, gains)),
    ...pairing.added.flatMap((each) => focus(undefined, each)),
    ...files.flatMap(hidden),
    ...compareNew(pairing, new Set(gone.code.flatMap(({ giving }) => giving))),
  ];
}

/** What is declared a second time takes the place of the first, which does not run any more. */
function hidden({ path, before, after }: TestFile): Weakness[] {
  const known = new Set(before.redeclared.map(({ name }) => name));
  return after.redeclared
    .filter(({ name }) => !known.has(name))
    .map(({ name, line }) => ({
      weight: "attention",
      path,
      line,
      message: `“${name.slice(0, 80)}” is declared a second time and hides the first`,
    }));
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
  const inline = compareInline(pair, gains).map(({ message, line }) => say(message, line));
  return [...focus(was, pair.after), ...rows, ...silenced, ...cutOff, ...assertions, ...inline];
}

function focus(before: TestCase | undefined, { path, test }: Placed): Weakness[] {
  if (!test.focused || before?.focused) return [];
  const message = `${titled(test)} is focused: the other tests do not run`;
  return [{ weight: "attention", path, line: test.line, message }];
}
