import type { Weakness } from "./compare-tests.ts";
import { holdsTests } from "./read-suite.ts";

/** The lines of one side of a file that are marks, each with what it does. */
export type Mark = { text: string; line: number; says: string };

/** Both sides of one file with marks on any of them. */
export type MarkedFile = { path: string; before: Mark[]; after: Mark[] };

type Rule = { files: RegExp; line: RegExp; says: string; inTests?: true };

const script = /\.([cm]?[jt]sx?|vue|svelte)$/;
const python = /\.pyi?$/;
const any = /\.([cm]?[jt]sx?|pyi?|go|rb|sh|php|rs)$/;

const unheard = "a whole file is kept from the linter or the type checker";
const uncounted = "is left out of the coverage";
const ends = "ends the run of the tests as a success";
const replaced = "replaces what asserts";
const hooked = "a hook that decides which tests run, or what they come to";

/** Marks that take something out of what is checked. Whoever adds one may have good reasons, and is to tell them. */
const rules: Rule[] = [
  {
    files: script,
    line: /^\s*\/\*\s*eslint-disable(?!-)|^\s*\/\/\s*@ts-nocheck\b|biome-ignore-all\b/,
    says: unheard,
  },
  {
    files: python,
    line: /^#\s*(type:\s*ignore\s*$|mypy:\s*ignore-errors|(flake8|ruff):\s*noqa\s*$|pylint:\s*(disable=all|skip-file)|pyright:\s*(basic|ignore))/,
    says: unheard,
  },
  {
    files: script,
    line: /(?:\/\*|\/\/)\s*(istanbul|c8|v8|node:coverage)\s+(ignore|disable)\b/,
    says: uncounted,
  },
  { files: python, line: /#\s*pragma:\s*no cover/, says: uncounted },
  {
    files: script,
    inTests: true,
    line: /^\s*process\.((exit|reallyExit)\(\s*0?\s*\)|exitCode\s*=\s*0)/,
    says: ends,
  },
  {
    files: script,
    line: /\bprocess\.(on|once|addListener)\(\s*["'`](exit|beforeExit)["'`].{0,200}(exitCode\s*=\s*0|exit\(\s*0?\s*\))/,
    says: ends,
  },
  {
    files: python,
    inTests: true,
    line: /^\s*(os\._exit\(|sys\.exit\(\s*0?\s*\)|pytest\.exit\()/,
    says: ends,
  },
  { files: /_test\.go$/, line: /\bos\.Exit\(\s*0\s*\)/, says: ends },
  {
    files: script,
    inTests: true,
    line: /^\s*((globalThis|global|window)\.)?(expect|assert)(\.strict)?(\.\w+)?\s*=[^=>](?!.*\b(chai|require|import|should)\b)/,
    says: replaced,
  },
  {
    files: python,
    line: /^\s*def pytest_(collection_modifyitems|ignore_collect|deselected|runtest_makereport|runtest_call|pyfunc_call|sessionfinish|report_teststatus)\b/,
    says: hooked,
  },
  {
    files: script,
    inTests: true,
    line: /\bjest\.retryTimes\(|\bthis\.retries\(\s*[1-9]/,
    says: "what failed is tried again",
  },
  {
    files: any,
    line: /\bprocess\.kill\(\s*process\.ppid(?!\s*,\s*0)|\bos\.kill\(\s*os\.getppid\(|\bKill\(\s*(os|syscall)\.Getppid\(|\bkill\s+(-\w+\s+)*["']?\$PPID\b/,
    says: "ends the process that started it",
  },
];

/** Python runs such a file whenever it starts, whatever the command is. */
const atStart = /(^|\/)(sitecustomize|usercustomize)\.py$|\.pth$/;

/** A file of marks is one that tests need; what stands in others is their own affair. */
const setups =
  /(^|\/)conftest\.py$|(^|[/._-])(test|jest|vitest|mocha)[._-]?(setup|helper|env)|(^|\/)(setup|setup[._-]?(tests?|jest|vitest|files?))\.[cm]?[jt]s$/i;

/** Longer lines hold no marks that somebody wrote. */
const longest = 1_000;

/** The marks in a text of a path. */
export function findMarks(path: string, text: string): Mark[] {
  const serves = holdsTests(path) || setups.test(path);
  const asked = rules.filter(({ files, inTests }) => files.test(path) && (serves || !inTests));
  const whole = atStart.test(path) && text !== "" ? [startMark] : [];
  if (asked.length === 0) return whole;
  const marks = text.split("\n").flatMap((line, index): Mark[] => {
    const rule = line.length > longest ? undefined : asked.find((each) => each.line.test(line));
    return rule ? [{ text: line.trim(), line: index + 1, says: rule.says }] : [];
  });
  return [...whole, ...marks];
}

const startMark: Mark = { text: "the whole file", line: 1, says: "Python runs it at every start" };

/** Finds marks that no file had before; one that moved along with its line is no news. */
export function compareMarks(files: MarkedFile[]): Weakness[] {
  const known = new Map<string, number>();
  for (const { before } of files) for (const { text } of before) known.set(text, (known.get(text) ?? 0) + 1);
  return files.flatMap(({ path, after }) =>
    after.flatMap(({ text, line, says }): Weakness[] => {
      const left = known.get(text) ?? 0;
      known.set(text, left - 1);
      return left > 0 ? [] : [{ weight: "attention", path, line, message: `${says}: ${text.slice(0, 80)}` }];
    }),
  );
}
