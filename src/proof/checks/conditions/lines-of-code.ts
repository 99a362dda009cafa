import { isTestPath } from "../../../domain/paths/test-path.ts";
import { maskCode } from "../weakened-tests/mask-code.ts";
import type { Answer } from "./find-answers.ts";
import { literalsIn } from "./literals.ts";
import { type Suspicion, suspect } from "./suspicion.ts";

/** What code of a language without a grammar tells, by its lines: what it asks, what it answers, what its tests assert. */
export type LinesRead = { suspicions: Suspicion[]; answers: Answer[]; cases: Set<string>[] };

type Question = { asks: RegExp; message: string };

const runner = "This code asks whether it is tested, and does something else then.";
const when = "What this code does changes on a fixed date.";
const caller = "What this code does depends on who calls it.";
const ci = "What this code does depends on whether CI runs it.";

const goQuestions: Question[] = [
  { asks: /\bflag\.Lookup\(\s*"test\.|\btesting\.Testing\(\)/, message: runner },
  { asks: /\bos\.(?:Args|Executable)\b[^\n]*"[^"\n]*(?:\.test|_test|\/test)\b[^"\n]*"/, message: runner },
  {
    asks: /\bif\b[^\n]*\bos\.(?:Getenv|LookupEnv)\("(?:CI|GITHUB_ACTIONS|GO_TEST\w*|GOTEST\w*)"\)/,
    message: ci,
  },
  {
    asks: /\btime\.Now\(\)(?:\.UTC\(\))?\.(?:Year\(\)\s*[<>=!]=?\s*20\d\d|Unix\(\)\s*[<>]=?\s*1[4-9][\d_]{8,}|(?:Before|After)\(\s*time\.(?:Date\(\s*20|Unix\())/,
    message: when,
  },
  {
    asks: /\bruntime\.Callers?\((?:[^\n]*(?:\blen\(\w+\)\s*[<>]|\bstrings\.(?:Contains|Has(?:Suffix|Prefix))\()|[^"}]{0,200}"[^"\n]*_test\b)/,
    message: caller,
  },
  {
    asks: /\bos\.(?:Stat|Lstat|Open|ReadFile|ReadDir)\(\s*"[^"\n]*(?:_test\.go|\btestdata)\b[^"\n]*"/,
    message: "This code looks for the tests beside it.",
  },
  {
    asks: /\bfunc init\(\)\s*\{(?:(?!\nfunc\b)[\s\S]){0,400}?\bos\.Exit\(0\)/,
    message: "This code ends the process as a success as soon as it is loaded.",
  },
];

const rustQuestions: Question[] = [
  { asks: /\bcfg!\s*\(\s*(?:not\s*\(\s*)?test\b|#\[cfg\(\s*not\(\s*test\s*\)\s*\)\]/, message: runner },
  // Without another branch it only checks or tells more in a build for development.
  {
    asks: /\bcfg!\s*\(\s*debug_assertions\s*\)\s*\{[^{}]*\}\s*else\b/,
    message: "Whether this is a build for tests decides what this code does.",
  },
  {
    asks: /\bcurrent_exe\(\)[^;]*"[^"\n]*(?:deps|test)\b[^"\n]*"|\benv::args\(\)[^;]*"[^"\n]*\btest\b[^"\n]*"/,
    message: runner,
  },
  {
    asks: /\benv::var(?:_os)?\(\s*"(?:RUST_TEST_\w+|NEXTEST\w*|CARGO)"\s*\)\s*\.\s*is_(?:ok|err|some|none)/,
    message: runner,
  },
  { asks: /\benv::var(?:_os)?\(\s*"(?:CI|GITHUB_ACTIONS)"\s*\)\s*\.\s*is_(?:ok|err|some|none)/, message: ci },
  { asks: /\bthread::current\(\)\s*\.\s*name\(\)[^;{}]*[!=]=/, message: caller },
  { asks: /\bSystemTime::now\(\)[^;{}]*\bas_secs\(\)\s*[<>]=?\s*1[4-9][\d_]{8,}/, message: when },
];

const languages = [
  { files: /\.go$/, questions: goQuestions, head: /^func\s+(?:\([^)]*\)\s*)?(?<name>\w+)/gm },
  { files: /\.rs$/, questions: rustQuestions, head: /\bfn\s+(?<name>\w+)/g },
];

/** Whether the lines of a path can be read here. */
export function readsLines(path: string): boolean {
  return languages.some(({ files }) => files.test(path));
}

/** Reads one side of a file of Go or Rust; a test module in a file of Rust counts as tests. */
export function readLinesOfCode(path: string, raw: string): LinesRead {
  const language = languages.find(({ files }) => files.test(path));
  if (!language) return { suspicions: [], answers: [], cases: [] };
  const { code: whole } = maskCode(raw, "//");
  const { code, tests } = isTestPath(path) ? { code: "", tests: whole } : splitTests(path, whole);
  const heads = [...code.matchAll(language.head)];
  return {
    suspicions: language.questions.flatMap((question) => asked(question, code)),
    answers: answersIn(code, (at) => heads.findLast(({ index }) => index <= at)?.groups?.name ?? ""),
    cases: tests.split("\n").flatMap((line) => {
      const found = line.length <= longestLine ? literalsIn(line) : [];
      return found.length > 1 ? [new Set(found)] : [];
    }),
  };
}

/** A longer line is data. */
const longestLine = 400;

/** A file of Rust without its test modules, whose places are blank, and these alone. */
function splitTests(path: string, text: string): { code: string; tests: string } {
  if (!/\.rs$/.test(path)) return { code: text, tests: "" };
  const modules = testModulesOf(text);
  const tests = modules.map(({ from, to }) => text.slice(from, to)).join("\n");
  const code = modules.reduce(
    (left, { from, to }) =>
      left.slice(0, from) + left.slice(from, to).replace(/[^\n]/g, " ") + left.slice(to),
    text,
  );
  return { code, tests };
}

/** Where the modules under `#[cfg(test)]` stand in a text of Rust without comments. */
export function testModulesOf(text: string): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  for (const match of text.matchAll(/#\[cfg\(test\)\]\s*(?:#\[[^\]\n]*\]\s*)*(?:pub\s+)?mod\s+\w+\s*\{/g)) {
    if (match.index < (found.at(-1)?.to ?? 0)) continue;
    found.push({ from: match.index, to: endOfBlock(text, match.index + match[0].length) });
  }
  return found;
}

function endOfBlock(text: string, begin: number): number {
  let depth = 1;
  for (let at = begin; at < text.length; at++) {
    if (text[at] === "{") depth += 1;
    else if (text[at] === "}" && --depth === 0) return at + 1;
  }
  return text.length;
}

function asked({ asks, message }: Question, code: string): Suspicion[] {
  return [...code.matchAll(new RegExp(asks, "g"))]
    .slice(0, mostFound)
    .map(({ index, 0: about }) => suspect(codeLine(code, index), { about, message }));
}

/** More of one kind in a file say nothing new. */
const mostFound = 50;

const message = "This code answers an input of the tests by itself, before the rule for all others.";
const value = '(?<given>-?\\d[\\w.]*|"[^"\\n]*"(?:\\.to_string\\(\\)|\\.into\\(\\))?|true|false)';
const branch = new RegExp(
  `\\bif\\s+(?<asked>[^{};\\n]*==[^{};\\n]*)\\{\\s*(?:return\\s+)?${value}\\s*;?\\s*\\}`,
  "g",
);
const arm = new RegExp(
  `(?<asked>\\((?:\\s*-?\\d[\\w.]*\\s*,?)+\\)|"[^"\\n]*"|\\b\\d[\\w.]*)\\s*=>\\s*(?:return\\s+)?${value}\\s*[,}]`,
  "g",
);
const goCase = new RegExp(`\\bcase\\s+(?<asked>[^:{}\\n]+):\\s*return\\s+${value}\\s*\\n`, "g");
const goTable = new RegExp(
  `(?<=[{,\\s])(?<asked>\\{\\s*-?\\d[^{}\\n]*\\}|"[^"\\n]*"):\\s*${value}\\s*[,}]`,
  "g",
);

function answersIn(code: string, functionAt: (at: number) => string): Answer[] {
  return [branch, arm, goCase, goTable].flatMap((pattern) =>
    [...code.matchAll(pattern)].slice(0, mostFound).flatMap(({ index, groups }): Answer[] => {
      const { asked: question = "", given: answer = "" } = groups ?? {};
      const [given] = literalsIn(answer);
      const literals = literalsIn(question);
      if (given === undefined || literals.length === 0 || /[<>]|!=/.test(question.replace(/=>/g, "")))
        return [];
      const suspicion = suspect(codeLine(code, index), { about: `${question} ${answer}`, message });
      return [{ group: `function ${functionAt(index)}`, asked: literals, given: [given], suspicion }];
    }),
  );
}

function codeLine(text: string, at: number): number {
  return text.slice(0, at).split("\n").length;
}
