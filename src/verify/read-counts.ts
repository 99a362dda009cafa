import { type Exit, keptBytes } from "../domain/evidence.ts";
import type { TestCounts } from "../domain/test-counts.ts";
import { readTap } from "./read-tap.ts";
import { sumTallies, type Tally } from "./sum-tallies.ts";

/** Whose words the remarks at the end of TAP are: node's, tape's, ava's, mocha's. */
const remarks = "TAP's remarks";

/** No summary of a runner is longer, in characters; what is longer is not looked at. */
const longestLine = 300;

type Groups = Record<string, string | undefined>;

/** One runner's summary: the line by which it is known, and what the line says. */
type Summary = { runner: string; line: RegExp; tally(groups: Groups, line: string): Tally };

/** What a line, or a few of them, say of the tests, and in whose words. */
type Told = { runner: string; tally: Tally };

const number = (text: string | undefined): number => Number(text ?? 0);

/** Reads `3 failed, 412 passed`: each number stands before its word. */
const worded = (_: Groups, line: string): Tally => ({
  passed: sumOf(line, /\b(\d{1,9}) (?:passed|passing|pass|xpassed)\b/g),
  failed: sumOf(line, /\b(\d{1,9}) (?:failed|failing|fail|errors?|timed out|exec failed)\b/g),
  skipped: sumOf(line, /\b(\d{1,9}) (?:skipped|pending|todo|ignored|xfailed)\b/g),
});

/** Reads a total of which the bad and the skipped are told. */
const ofTotal = ({ total, failures, errors, skipped }: Groups): Tally => {
  const failed = number(failures) + number(errors);
  return {
    passed: Math.max(0, number(total) - failed - number(skipped)),
    failed,
    skipped: number(skipped),
  };
};

const named = ({ passed, failed, skipped }: Groups): Tally => ({
  passed: number(passed),
  failed: number(failed),
  skipped: number(skipped),
});

const nothing = (): Tally => ({ passed: 0, failed: 0, skipped: 0 });

const summaries: Summary[] = [
  { runner: "jest", line: /^Tests: +(?:\d{1,9} \w+, )*\d{1,9} total$/, tally: worded },
  { runner: "vitest", line: /^ *Tests +\d{1,9} \w+(?: \| \d{1,9} \w+)* \(\d{1,9}\)$/, tally: worded },
  { runner: "deno", line: /^(?:ok|FAILED) \| \d{1,9} passed/, tally: worded },
  // mocha, one line for each
  { runner: "mocha", line: /^ +\d{1,9} (?:passing(?: \([\w. ]+\))?|pending|failing)$/, tally: worded },
  // node --test and what writes TAP, one line for each
  { runner: "node", line: /^ℹ +pass +(?<passed>\d{1,9})$/, tally: named },
  { runner: "node", line: /^ℹ +(?:fail|cancelled) +(?<failed>\d{1,9})$/, tally: named },
  { runner: "node", line: /^ℹ +(?:skipped|todo) +(?<skipped>\d{1,9})$/, tally: named },
  { runner: remarks, line: /^# +pass +(?<passed>\d{1,9})$/, tally: named },
  { runner: remarks, line: /^# +(?:fail|cancelled) +(?<failed>\d{1,9})$/, tally: named },
  { runner: remarks, line: /^# +(?:skip|skipped|todo) +(?<skipped>\d{1,9})$/, tally: named },
  // pytest, with and without its frame
  {
    runner: "pytest",
    line: /^=* ?(?:\d{1,9} \w+, )*\d{1,9} \w+ in [\d.]+s(?: \([\d:]+\))? ?=*$/,
    tally: worded,
  },
  { runner: "pytest", line: /^=* ?no tests ran in [\d.]+s ?=*$/, tally: nothing },
  {
    runner: "cargo",
    line: /^test result: \w+\. (?<passed>\d{1,9}) passed; (?<failed>\d{1,9}) failed; (?<skipped>\d{1,9}) ignored;/,
    tally: named,
  },
  {
    runner: "nextest",
    line: /^ *Summary \[ *[\d.]+s\] +\d{1,9}(?:\/\d{1,9})? tests? run: \d{1,9} \w+/,
    tally: worded,
  },
  {
    runner: "gotestsum",
    line: /^DONE (?:\d{1,9} runs, )?(?<total>\d{1,9}) tests?(?:, (?<skipped>\d{1,9}) skipped)?(?:, (?<failures>\d{1,9}) failures?)?(?:, (?<errors>\d{1,9}) errors?)? in [\d.]+s$/,
    tally: ofTotal,
  },
  {
    runner: "ctest",
    line: /^\d{1,3}% tests passed, (?<failures>\d{1,9}) tests? failed out of (?<total>\d{1,9})$/,
    tally: ofTotal,
  },
  // one line for each module; the lines of each class go on with the time
  {
    runner: "maven",
    line: /^\[(?:INFO|WARNING|ERROR)\] Tests run: (?<total>\d{1,9}), Failures: (?<failures>\d{1,9}), Errors: (?<errors>\d{1,9}), Skipped: (?<skipped>\d{1,9})$/,
    tally: ofTotal,
  },
  {
    runner: "rspec",
    line: /^(?<total>\d{1,9}) examples?, (?<failures>\d{1,9}) failures?(?:, (?<skipped>\d{1,9}) pending)?(?:, (?<errors>\d{1,9}) errors? .*)?$/,
    tally: ofTotal,
  },
  {
    runner: "minitest",
    line: /^(?<total>\d{1,9}) runs, \d{1,9} assertions, (?<failures>\d{1,9}) failures, (?<errors>\d{1,9}) errors, (?<skipped>\d{1,9}) skips$/,
    tally: ofTotal,
  },
  { runner: "phpunit", line: /^OK \((?<passed>\d{1,9}) tests?, \d{1,9} assertions?\)$/, tally: named },
  {
    runner: "phpunit",
    line: /^Tests: \d{1,9}, Assertions: \d{1,9}[\w ,:]*\.$/,
    tally: (_, line) => {
      const told = (word: string) => new RegExp(`\\b${word}: (\\d{1,9})`).exec(line)?.[1];
      const [total, failures, errors] = [told("Tests"), told("Failures"), told("Errors")];
      return ofTotal({ total, failures, errors, skipped: told("Skipped") });
    },
  },
  { runner: "phpunit", line: /^No tests executed!$/, tally: nothing },
  { runner: "jest", line: /^No tests found, exiting with code 0$/, tally: nothing },
  {
    runner: "jasmine",
    line: /^(?:Incomplete: )?(?<total>\d{1,9}) specs?, (?<failures>\d{1,9}) failures?(?:, (?<skipped>\d{1,9}) pending specs?)?$/,
    tally: ofTotal,
  },
  // of all files and of the tests below them, after TAP that counts files
  {
    runner: "tap",
    line: /^# \{ total: \d{1,9}(?:, \w+: \d{1,9})+ \}$/,
    tally: (_, line) => {
      const told = (word: string) => number(new RegExp(`\\b${word}: (\\d{1,9})`).exec(line)?.[1]);
      return { passed: told("pass"), failed: told("fail"), skipped: told("skip") + told("todo") };
    },
  },
  {
    runner: "dotnet",
    line: /^(?:Passed|Failed)! +- Failed: +(?<failed>\d{1,9}), Passed: +(?<passed>\d{1,9}), Skipped: +(?<skipped>\d{1,9}),/,
    tally: named,
  },
];

/** What the log of a run says about its tests; undefined where no runner's summary is recognised: it is never guessed. */
export function readCounts({ log }: Exit): TestCounts | undefined {
  // The text is shorter than the output where that was coloured.
  const whole = log.bytes <= keptBytes;
  const text = whole ? log.head : log.tail;
  const lines = text.split(/\r?\n/).filter((line) => line !== "" && line.length <= longestLine);
  const told = [...withTap(lines.flatMap(toldBy), whole ? text : "")];
  if (told.length === 0)
    told.push(...playwright(lines), ...unittest(lines), ...uvu(lines), ...inPieces(lines, whole));
  if (told.length === 0) return undefined;
  const names = [...new Set(told.map(({ runner }) => runner))];
  return { ...sumTallies(told.map(({ tally }) => tally)), whole, source: { kind: "log", names } };
}

function toldBy(line: string): Told[] {
  const trimmed = line.trimEnd();
  const summary = summaries.find((candidate) => candidate.line.test(trimmed));
  if (!summary) return [];
  const groups = summary.line.exec(trimmed)?.groups ?? {};
  return [{ runner: summary.runner, tally: summary.tally(groups, trimmed) }];
}

/**
 * The points of TAP are counted where all of them are there; the remarks at its end are a second telling of the same, in
 * which ava counts what is to do as failed and tape as passed.
 */
function withTap(told: Told[], text: string): Told[] {
  const points = readTap(text);
  const others = told.filter(({ runner }) => runner !== remarks);
  if (points) return others.length > 0 ? others : [{ runner: "TAP", tally: points }];
  return told;
}

/** Playwright tells one number on each line, among the names of tests, and last how many passed and in what time. */
function playwright(lines: string[]): Told[] {
  const count = (pattern: RegExp) => lines.reduce((sum, line) => sum + number(pattern.exec(line)?.[1]), 0);
  if (!lines.some((line) => /^ {2}\d{1,9} passed \([\d.]+(?:ms|s|m|h)\)$/.test(line))) return [];
  const passed = count(/^ {2}(\d{1,9}) (?:passed \(.*|flaky)$/);
  const failed = count(/^ {2}(\d{1,9}) (?:failed|interrupted)$/);
  return [
    {
      runner: "playwright",
      tally: { passed, failed, skipped: count(/^ {2}(\d{1,9}) (?:skipped|did not run)$/) },
    },
  ];
}

/** Python's unittest tells the total on one line and the rest on a later one. */
function unittest(lines: string[]): Told[] {
  return lines.flatMap((line, index) => {
    const total = /^Ran (?<total>\d{1,9}) tests? in [\d.]+s$/.exec(line)?.groups?.total;
    const end = lines[index + 1] ?? "";
    const told = (word: string) => new RegExp(`[(,] ?${word}=(\\d{1,9})`).exec(end)?.[1];
    const [failures, errors, skipped] = [told("failures"), told("errors"), told("skipped")];
    const tally = ofTotal({ total, failures, errors, skipped });
    return total === undefined ? [] : [{ runner: "unittest", tally }];
  });
}

/** uvu tells the total of what ran on one line, and on the next two what passed of it and what it left out. */
function uvu(lines: string[]): Told[] {
  return lines.flatMap((line, index) => {
    const at = (offset: number, pattern: RegExp) => pattern.exec(lines[index + offset] ?? "")?.[1];
    const total = /^ {2}Total: {5}(\d{1,9})$/.exec(line)?.[1];
    const passed = at(1, /^ {2}Passed: {4}(\d{1,9})$/);
    const skipped = at(2, /^ {2}Skipped: {3}(\d{1,9})$/);
    if (total === undefined || passed === undefined || skipped === undefined) return [];
    const tally = {
      passed: number(passed),
      failed: number(total) - number(passed),
      skipped: number(skipped),
    };
    return [{ runner: "uvu", tally }];
  });
}

/** Runners that do not tell all of it in one place: only a whole log has all their lines. */
function inPieces(lines: string[], whole: boolean): Told[] {
  const told = ava(lines);
  const isTold = told.every(({ tally }) => tally.failed === 0);
  return [...(whole || isTold ? told : []), ...(whole ? goTest(lines) : [])];
}

/** ava ends with a line for each kind, but tells nothing of what passed where anything failed: those are lines above. */
function ava(lines: string[]): Told[] {
  const begins = lines.findLastIndex((line) =>
    /^ {2}\d{1,9} (?:tests?|hooks?) (?:passed|failed)$/.test(line),
  );
  if (begins < 0) return [];
  const told = (pattern: RegExp) =>
    lines.slice(Math.max(0, begins - 1)).reduce((sum, line) => sum + number(pattern.exec(line)?.[1]), 0);
  const failed = told(/^ {2}(\d{1,9}) (?:tests?|hooks?) failed$/);
  const skipped = told(/^ {2}(\d{1,9}) (?:known failures?|tests? (?:skipped|todo))$/);
  const ticks = lines.filter((line) => /^ {2}✔ (?!\[expected fail\])/.test(line)).length;
  const passed = failed > 0 ? ticks : told(/^ {2}(\d{1,9}) tests? passed$/);
  return [{ runner: "ava", tally: { passed, failed, skipped } }];
}

/** `go test -v`; without `-v` it tells of packages, not of tests. */
function goTest(lines: string[]): Told[] {
  const count = (word: string) => lines.filter((line) => line.startsWith(`--- ${word}: `)).length;
  const tally = { passed: count("PASS"), failed: count("FAIL"), skipped: count("SKIP") };
  // A failing package tells its failures even without `-v`, and nothing of what passed.
  return lines.some((line) => line.startsWith("=== RUN ")) ? [{ runner: "go", tally }] : [];
}

function sumOf(line: string, pattern: RegExp): number {
  return [...line.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
}
