import type { Exit } from "../domain/evidence.ts";
import type { TestCounts } from "../domain/test-counts.ts";

/** No summary of a runner is longer, in characters; what is longer is not looked at. */
const longestLine = 300;

type Tally = { passed: number; failed: number; skipped: number };
type Groups = Record<string, string | undefined>;

/** One runner's summary: the line by which it is known, and what the line says. */
type Summary = { line: RegExp; tally(groups: Groups, line: string): Tally };

const number = (text: string | undefined): number => Number(text ?? 0);

/** Reads `3 failed, 412 passed`: each number stands before its word. */
const worded = (_: Groups, line: string): Tally => ({
  passed: sumOf(line, /\b(\d{1,9}) (?:passed|passing|pass|xpassed)\b/g),
  failed: sumOf(line, /\b(\d{1,9}) (?:failed|failing|fail|errors?)\b/g),
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
  // jest, then vitest, then bun and deno
  { line: /^Tests: +(?:\d{1,9} \w+, )*\d{1,9} total$/, tally: worded },
  { line: /^ *Tests +\d{1,9} \w+(?: \| \d{1,9} \w+)* \(\d{1,9}\)$/, tally: worded },
  { line: /^(?:ok|FAILED) \| \d{1,9} passed/, tally: worded },
  // mocha, one line for each
  { line: /^ +\d{1,9} (?:passing(?: \([\w. ]+\))?|pending|failing)$/, tally: worded },
  // node --test and tape, one line for each
  { line: /^(?:#|ℹ) +pass +(?<passed>\d{1,9})$/, tally: named },
  { line: /^(?:#|ℹ) +(?:fail|cancelled) +(?<failed>\d{1,9})$/, tally: named },
  { line: /^(?:#|ℹ) +(?:skipped|todo) +(?<skipped>\d{1,9})$/, tally: named },
  // pytest, with and without its frame
  { line: /^=* ?(?:\d{1,9} \w+, )*\d{1,9} \w+ in [\d.]+s(?: \([\d:]+\))? ?=*$/, tally: worded },
  { line: /^=* ?no tests ran in [\d.]+s ?=*$/, tally: nothing },
  // cargo test
  {
    line: /^test result: \w+\. (?<passed>\d{1,9}) passed; (?<failed>\d{1,9}) failed; (?<skipped>\d{1,9}) ignored;/,
    tally: named,
  },
  // rspec, then minitest
  {
    line: /^(?<total>\d{1,9}) examples?, (?<failures>\d{1,9}) failures?(?:, (?<skipped>\d{1,9}) pending)?(?:, (?<errors>\d{1,9}) errors? .*)?$/,
    tally: ofTotal,
  },
  {
    line: /^(?<total>\d{1,9}) runs, \d{1,9} assertions, (?<failures>\d{1,9}) failures, (?<errors>\d{1,9}) errors, (?<skipped>\d{1,9}) skips$/,
    tally: ofTotal,
  },
  // phpunit
  { line: /^OK \((?<passed>\d{1,9}) tests?, \d{1,9} assertions?\)$/, tally: named },
  {
    line: /^Tests: \d{1,9}, Assertions: \d{1,9}[\w ,:]*\.$/,
    tally: (_, line) => {
      const told = (word: string) => new RegExp(`\\b${word}: (\\d{1,9})`).exec(line)?.[1];
      const [total, failures, errors] = [told("Tests"), told("Failures"), told("Errors")];
      return ofTotal({ total, failures, errors, skipped: told("Skipped") });
    },
  },
  { line: /^No tests (?:executed!|found, exiting with code 0)$/, tally: nothing },
  // dotnet test
  {
    line: /^(?:Passed|Failed)! +- Failed: +(?<failed>\d{1,9}), Passed: +(?<passed>\d{1,9}), Skipped: +(?<skipped>\d{1,9}),/,
    tally: named,
  },
];

/** What the log of a run says about its tests; undefined where no runner's summary is recognised: it is never guessed. */
export function readCounts({ log }: Exit): TestCounts | undefined {
  const whole = log.bytes <= Buffer.byteLength(log.head);
  const lines = linesOf(whole ? log.head : log.tail);
  const found = lines.flatMap(tallyOf);
  const tallies =
    found.length > 0 ? found : [...unittest(lines), ...(whole ? [...tap(lines), ...goTest(lines)] : [])];
  return tallies.length > 0 ? { ...sum(tallies), whole } : undefined;
}

function linesOf(text: string): string[] {
  return text.split(/\r?\n/).filter((line) => line !== "" && line.length <= longestLine);
}

function tallyOf(line: string): Tally[] {
  const trimmed = line.trimEnd();
  const summary = summaries.find((candidate) => candidate.line.test(trimmed));
  return summary ? [summary.tally(summary.line.exec(trimmed)?.groups ?? {}, trimmed)] : [];
}

/** Python's unittest tells the total on one line and the rest on a later one. */
function unittest(lines: string[]): Tally[] {
  return lines.flatMap((line, index) => {
    const total = /^Ran (?<total>\d{1,9}) tests? in [\d.]+s$/.exec(line)?.groups?.total;
    const end = lines[index + 1] ?? "";
    const told = (word: string) => new RegExp(`\\b${word}=(\\d{1,9})`).exec(end)?.[1];
    const [failures, errors, skipped] = [told("failures"), told("errors"), told("skipped")];
    return total === undefined ? [] : [ofTotal({ total, failures, errors, skipped })];
  });
}

/** TAP without a summary: its plan must agree with its lines. */
function tap(lines: string[]): Tally[] {
  const plan = lines.map((line) => /^1\.\.(?<count>\d{1,9})(?: |$)/.exec(line)?.groups?.count).find(Boolean);
  const points = lines.filter((line) => /^(?:not )?ok\b/.test(line));
  if (plan === undefined || points.length !== Number(plan)) return [];
  const skipped = points.filter((line) => /# (?:skip|todo)\b/i.test(line)).length;
  const failed = points.filter((line) => /^not ok\b(?!.*# (?:skip|todo)\b)/i.test(line)).length;
  return [{ passed: points.length - failed - skipped, failed, skipped }];
}

/** `go test -v`; without `-v` it tells of packages, not of tests. */
function goTest(lines: string[]): Tally[] {
  const count = (word: string) => lines.filter((line) => line.startsWith(`--- ${word}: `)).length;
  const tally = { passed: count("PASS"), failed: count("FAIL"), skipped: count("SKIP") };
  // A failing package tells its failures even without `-v`, and nothing of what passed.
  return lines.some((line) => line.startsWith("=== RUN ")) ? [tally] : [];
}

function sumOf(line: string, pattern: RegExp): number {
  return [...line.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
}

function sum(tallies: Tally[]): Tally {
  const of = (key: keyof Tally) => tallies.reduce((total, tally) => total + tally[key], 0);
  return { passed: of("passed"), failed: of("failed"), skipped: of("skipped") };
}
