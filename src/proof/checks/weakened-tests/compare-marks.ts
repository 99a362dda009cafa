import { readHooks } from "./read-hooks.ts";
import { holdsTests } from "./read-suite.ts";
import type { Weakness } from "./weakness.ts";

/** The lines of one side of a file that are marks, each with what it does. */
export type Mark = { text: string; line: number; says: string; rule: string | undefined };

/** Both sides of one file with marks on any of them. */
export type MarkedFile = { path: string; before: Mark[]; after: Mark[] };

/** `kept` counts lines of one kind, whatever else they say: such a mark goes with the line that it stands at. */
type MarkRule = { files: RegExp; line: RegExp; says: string; serving?: "tests" | "code"; kept?: true };

const script = /\.([cm]?[jt]sx?|vue|svelte)$/;
const python = /\.pyi?$/;
const any = /\.([cm]?[jt]sx?|pyi?|go|rb|sh|php|rs)$/;

const unheard = "a whole file is kept from the linter or the type checker";
const untyped = "a line is kept from the type checker";
const unlinted = "a line is kept from the linter";
const uncounted = "is left out of the coverage";
const ends = "ends the run of the tests as a success";
const replaced = "replaces what asserts";

/** Marks that take something out of what is checked. Whoever adds one may have good reasons, and is to tell them. */
const rules: MarkRule[] = [
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
  // Tests hand over what the types forbid for good reasons; code seldom does.
  {
    files: script,
    serving: "code",
    kept: true,
    line: /^\s*\{?\s*(?:\/\/+|\/\*+|\*)\s*@ts-(?:ignore|expect-error)\b/,
    says: untyped,
  },
  {
    files: python,
    serving: "code",
    kept: true,
    line: /(?:^|[^"'`#])\s*#\s*(?:type|pyright|ty|pyre-\w+|mypy):?\s*(?:ignore|disable)\b/,
    says: untyped,
  },
  {
    files: script,
    serving: "code",
    kept: true,
    line: /^[^"'`]*(?:\/\/|\/\*)\s*(?:(?:eslint|oxlint)-disable(?:-next)?-line|biome-ignore\s+lint|tslint:disable)\b/,
    says: unlinted,
  },
  {
    files: python,
    serving: "code",
    kept: true,
    line: /^[^"'`]*\S.*[^"'`#]#\s*(?:noqa|pylint:\s*disable|ruff:\s*ignore|nosec)\b/,
    says: unlinted,
  },
  {
    files: script,
    line: /(?:\/\*|\/\/)\s*(istanbul|c8|v8|node:coverage)\s+(ignore|disable)\b/,
    says: uncounted,
  },
  { files: python, line: /#\s*pragma:\s*no cover/, says: uncounted },
  {
    files: script,
    serving: "tests",
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
    serving: "tests",
    line: /^\s*(os\._exit\(|sys\.exit\(\s*0?\s*\)|pytest\.exit\()/,
    says: ends,
  },
  { files: /_test\.go$/, line: /\bos\.Exit\(\s*0\s*\)/, says: ends },
  {
    files: script,
    serving: "tests",
    line: /^\s*((globalThis|global|window)\.)?(expect|assert)(\.strict)?(\.\w+)?\s*=[^=>](?!.*\b(chai|require|import|should)\b)/,
    says: replaced,
  },
  {
    files: script,
    serving: "tests",
    line: /^\s*(?:(?:let|const|var)\s+expect\s*(?::[^=\n]{0,80})?=\s*(?:async\s*)?(?:\([^()]{0,80}\)\s*=>|\w+\s*=>|function\b|new Proxy\b)|function\s+expect\s*\()/,
    says: replaced,
  },
  {
    files: script,
    serving: "tests",
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
  const kind = serves ? "tests" : "code";
  const holdsData = dataOf(text);
  const asked = rules.filter(({ files, serving = kind }) => files.test(path) && serving === kind);
  const hooks = python.test(path) ? readHooks(text).map((hook) => ({ ...hook, rule: undefined })) : [];
  const whole = [...(atStart.test(path) && text !== "" ? [startMark] : []), ...hooks];
  if (asked.length === 0) return whole;
  const marks = text.split("\n").flatMap((line, index): Mark[] => {
    const rule = line.length > longest ? undefined : asked.find((each) => each.line.test(line));
    if (!rule || (rule.says === replaced && holdsData.test(line))) return [];
    return [{ text: line.trim(), line: index + 1, says: rule.says, rule: rule.kept && rule.says }];
  });
  return [...whole, ...marks];
}

const startMark: Mark = {
  text: "the whole file",
  line: 1,
  says: "Python runs it at every start",
  rule: undefined,
};

/** What is done to a local variable that only has the name of what asserts, and holds no function. */
function dataOf(text: string): RegExp {
  const local =
    /\b(?:let|const|var)\s+(?<name>expect|assert)\s*(?::[^=\n]{0,80})?=\s*(?:Object\.create|new (?!Proxy)|[[{"'`\d])/.exec(
      text,
    );
  return local?.groups?.name ? new RegExp(`^\\s*${local.groups.name}\\.\\w+\\s*=`) : /^(?!)/;
}

/** Finds marks that no file had before; one that moved along with its line is no news. */
export function compareMarks(files: MarkedFile[]): Weakness[] {
  const known = new Map<string, number>();
  for (const { before } of files)
    for (const { text, rule = text } of before) known.set(rule, (known.get(rule) ?? 0) + 1);
  return files.flatMap(({ path, after }) =>
    after.flatMap(({ text, line, says, rule = text }): Weakness[] => {
      const left = known.get(rule) ?? 0;
      known.set(rule, left - 1);
      const weight = says === unlinted ? "told" : "attention";
      return left > 0 ? [] : [{ weight, path, line, message: `${says}: ${text.slice(0, 80)}` }];
    }),
  );
}
