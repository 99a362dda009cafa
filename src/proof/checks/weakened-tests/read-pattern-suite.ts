import { indentOf } from "../../../domain/text/indent-of.ts";
import { assertionOf } from "./assertion.ts";
import { maskCode } from "./mask-code.ts";
import { type Language, languages } from "./pattern-languages.ts";
import { aCase, type Skip, type Suite, type TestCase } from "./suite.ts";
import { wordsOf } from "./words.ts";

type CodeLine = { code: string; bare: string; number: number };
type OpenBlock = {
  depth: number;
  indent: number;
  entered: boolean;
  skip: Skip | undefined;
  test: TestCase | undefined;
};
type PatternReader = {
  language: Language;
  open: OpenBlock[];
  file: TestCase;
  tests: TestCase[];
  marks: CodeLine[];
  depth: number;
};

/** The language of a path that has patterns and no grammar. */
export function patternsFor(path: string): Language | undefined {
  return languages.find(({ files }) => files.test(path));
}

/** Reads the tests of a file line by line, by the patterns of its language. */
export function readPatternSuite(language: Language, { path, text }: { path: string; text: string }): Suite {
  const { code, bare } = maskCode(text, language.comment);
  const bares = bare.split("\n");
  const file = aCase("file", { name: path, title: path, line: 1 });
  const reader: PatternReader = { language, open: [], file, tests: [], marks: [], depth: 0 };
  for (const [index, line] of code.split("\n").entries())
    readCodeLine(
      { code: line.slice(0, 2_000), bare: (bares[index] ?? "").slice(0, 2_000), number: index + 1 },
      reader,
    );
  const apart = language.apart?.exec(text);
  const line = text.slice(0, apart?.index).split("\n").length;
  const skip = apart && { how: apart[0].slice(0, 60), line, condition: apart.groups?.condition ?? "" };
  if (skip) for (const test of reader.tests) test.skip ??= skip;
  return { cases: [file, ...reader.tests], tableWords: [], redeclared: [] };
}

function readCodeLine(line: CodeLine, reader: PatternReader): void {
  const { language, marks } = reader;
  if (line.bare.trim() === "" && line.code.trim() === "") return;
  closeBefore(line, reader);
  const mark = /^\s*(@\w|#\[|\[\w)/.test(line.code);
  if (mark) marks.push(line);
  const onlyMark = mark && !language.head.test(line.code);
  if (!onlyMark) {
    begin(line, reader);
    fill(line, reader);
    reader.marks = [];
  }
  reader.depth += language.ends === "brace" ? balance(line.bare) : 0;
  for (const each of reader.open) each.entered ||= reader.depth > each.depth;
}

function closeBefore(line: CodeLine, { language, open, depth }: PatternReader): void {
  const indent = indentOf(line.code);
  const isOver = (each: OpenBlock): boolean =>
    language.ends === "brace"
      ? each.entered && depth <= each.depth
      : indent <= each.indent && !/^\s*end\b/.test(line.code);
  while (open.length > 0 && isOver(open.at(-1) as OpenBlock)) open.pop();
}

function begin(line: CodeLine, reader: PatternReader): void {
  const { language, open, marks, depth } = reader;
  const head = language.head.exec(line.code);
  const marked = !language.marker || marks.some(({ code }) => language.marker?.test(code));
  const isTest = head !== null && marked && !open.some(({ test }) => test);
  if (!isTest && !language.suite?.test(line.code)) return;
  const reason = [...marks, line].find(({ code }) => language.skip.test(code));
  const skip = reason && { how: skipWords(reason.code), line: reason.number, condition: "" };
  const inherited = skip ?? open.find((each) => each.skip)?.skip;
  const test = isTest ? testOf(head, { line, marks, inherited }, reader) : undefined;
  if (test) reader.tests.push(test);
  open.push({ depth, indent: indentOf(line.code), entered: false, skip, test });
}

function testOf(
  head: RegExpExecArray,
  { line, marks, inherited }: { line: CodeLine; marks: CodeLine[]; inherited: Skip | undefined },
  { language }: PatternReader,
): TestCase {
  const { name, title, method } = head.groups ?? {};
  const called = name ?? title ?? method ?? "";
  const test = aCase("test", { name: called, title: called, line: line.number });
  test.skip = inherited;
  test.focused = language.focus?.test(line.code) ?? false;
  for (const mark of marks) fillCase(mark, test, language);
  return test;
}

function fill(line: CodeLine, { language, open, file }: PatternReader): void {
  const test = open.findLast((each) => each.test)?.test ?? file;
  fillCase(line, test, language);
  if (test !== file && language.skip.test(line.code))
    test.skip ??= { how: skipWords(line.code), line: line.number, condition: "" };
}

/** The line that asserts is the assertion: without a grammar there is no telling its parts apart. */
function fillCase(line: CodeLine, test: TestCase, language: Language): void {
  for (const word of wordsOf(line.code)) test.words.push(word);
  if (!language.assertion.test(line.bare)) return;
  const found = { name: "line", negated: false, subject: line.code.trim(), argument: "", line: line.number };
  const assertion = /\(\s*true\s*\)|!\(true\)|\(\s*true\s*,\s*true\s*\)/i.test(line.bare)
    ? undefined
    : assertionOf(found);
  if (assertion) test.assertions.push(assertion);
}

function balance(bare: string): number {
  return (bare.match(/[{]/g)?.length ?? 0) - (bare.match(/[}]/g)?.length ?? 0);
}

function skipWords(code: string): string {
  return code.trim().replace(/\(.*$/s, "").slice(0, 60);
}
