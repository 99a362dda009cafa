import type { Tally } from "./sum-tallies.ts";

/** Whose words the remarks at the end of TAP are: node's, tape's, ava's, mocha's. */
export const remarks = "TAP's remarks";

type Groups = Record<string, string | undefined>;

/** One runner's summary: the line by which it is known, and what the line says. */
type Summary = { runner: string; line: RegExp; tally(groups: Groups, line: string): Tally };

/** A count as a summary tells it; 0 where it leaves it out. */
export const number = (text: string | undefined): number => Number(text ?? 0);

/** Reads `3 failed, 412 passed`: each number stands before its word. */
const worded = (_: Groups, line: string): Tally => ({
  passed: sumOf(line, /\b(\d{1,9}) (?:passed|passing|pass|xpassed)\b/g),
  failed: sumOf(line, /\b(\d{1,9}) (?:failed|failing|fail|errors?|timed out|exec failed)\b/g),
  skipped: sumOf(line, /\b(\d{1,9}) (?:skipped|skip|pending|todos?|ignored|xfailed)\b/g),
});

/** Reads a total of which the bad and the skipped are told. */
export const ofTotal = ({ total, failures, errors, skipped }: Groups): Tally => {
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

/** The summaries of runners that tell all on one line, or one number on each line. */
export const summaries: Summary[] = [
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
  {
    runner: "pest",
    line: /^ *Tests: +(?:\d{1,9} \w+, )*\d{1,9} \w+ \(\d{1,9} assertions?\)$/,
    tally: worded,
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
  {
    runner: "dotnet",
    line: /^Test summary: total: (?<total>\d{1,9}), failed: (?<failures>\d{1,9}), succeeded: \d{1,9}, skipped: (?<skipped>\d{1,9}),/,
    tally: ofTotal,
  },
  // ExUnit, and the pretty words of bats
  {
    runner: "ExUnit or bats",
    line: /^(?:\d{1,9} (?:doctests?|propert(?:y|ies)), )*\d{1,9} tests?, \d{1,9} failures?(?:, \d{1,9} (?:excluded|invalid|skipped))*$/,
    tally: (_, line) =>
      ofTotal({
        total: `${sumOf(line, /(\d{1,9}) (?:doctests?|propert(?:y|ies)|tests?)\b/g)}`,
        failures: `${sumOf(line, /(\d{1,9}) (?:failures?|invalid)\b/g)}`,
        skipped: `${sumOf(line, /(\d{1,9}) (?:excluded|skipped)\b/g)}`,
      }),
  },
  {
    runner: "test-unit",
    line: /^(?<total>\d{1,9}) tests, \d{1,9} assertions, (?<failures>\d{1,9}) failures, (?<errors>\d{1,9}) errors, (?<skipped>\d{1,9}) pendings, 0 omissions, \d{1,9} notifications$/,
    tally: ofTotal,
  },
  { runner: "gtest", line: /^\[ {2}PASSED {2}\] (?<passed>\d{1,9}) tests?\.$/, tally: named },
  { runner: "gtest", line: /^\[ {2}FAILED {2}\] (?<failed>\d{1,9}) tests?, listed below:$/, tally: named },
  { runner: "gtest", line: /^\[ {2}SKIPPED \] (?<skipped>\d{1,9}) tests?, listed below:$/, tally: named },
  // automake's `make check`, one line for each, for each folder
  { runner: "automake", line: /^# PASS: +(?<passed>\d{1,9})$/, tally: named },
  { runner: "automake", line: /^# (?:FAIL|XPASS|ERROR): +(?<failed>\d{1,9})$/, tally: named },
  { runner: "automake", line: /^# (?:SKIP|XFAIL): +(?<skipped>\d{1,9})$/, tally: named },
  {
    runner: "sbt",
    line: /^\[(?:info|error)\] (?:Passed|Failed|Error): Total \d{1,9}, Failed (?<failures>\d{1,9}), Errors (?<errors>\d{1,9}), Passed (?<passed>\d{1,9})(?:, (?:Ignored|Skipped) (?<skipped>\d{1,9}))?$/,
    tally: ({ failures, errors, passed, skipped }) => ({
      passed: number(passed),
      failed: number(failures) + number(errors),
      skipped: number(skipped),
    }),
  },
  {
    runner: "dart",
    line: /^\d{2,}:\d\d \+(?<passed>\d{1,9})(?: ~(?<skipped>\d{1,9}))?(?: -(?<failed>\d{1,9}))?: (?:All tests passed!|Some tests failed\.)$/,
    tally: named,
  },
];

function sumOf(line: string, pattern: RegExp): number {
  return [...line.matchAll(pattern)].reduce((sum, match) => sum + Number(match[1]), 0);
}
