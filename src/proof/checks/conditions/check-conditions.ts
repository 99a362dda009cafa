import type { FileText } from "../../../domain/evidence/change.ts";
import type { CheckRow, Finding } from "../../../domain/evidence/evidence.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { maskComments } from "../weakened-tests/mask.ts";
import { grammarFor, parseTree } from "../weakened-tests/parse-tree.ts";
import { answersInData, holdsData } from "./answers-in-data.ts";
import { unitsOf } from "./code-unit.ts";
import { type Answer, answersOfTests, findAnswers } from "./find-answers.ts";
import { findConstantEquality, findPatches } from "./find-patches.ts";
import { findQuestions } from "./find-questions.ts";
import { findDoubles, findReplaced } from "./find-replaced.ts";
import { readLinesOfCode, readsLines } from "./lines-of-code.ts";
import { casesIn } from "./literals.ts";
import type { Suspicion } from "./suspicion.ts";
import type { ElsewhereTold } from "./weigh-elsewhere.ts";

type CodeSide = { suspicions: Suspicion[]; answers: Answer[] };

/** What one file tells: code of both sides, or the literals that each assertion of a test has. */
export type ConditionFact =
  | { kind: "code"; path: string; before: CodeSide; after: CodeSide }
  | { kind: "cases"; cases: Set<string>[] };

/** More findings than this say nothing new. */
const mostFindings = 50;

/** What nobody wrote by hand, or wrote for another project. */
const foreign = /(?:^|\/)(?:node_modules|vendor|third_party)\/|\.min\.[cm]?js$|\.d\.[cm]?ts$/;
/** A line that nobody wrote by hand, in characters: the file is made by a tool. */
const writtenLine = 2_000;

/** Reads what a changed file asks of who runs it, or what a test asserts. */
export function lookAtConditions({ file, before, after }: FileText): ConditionFact[] {
  const { path } = file;
  if (foreign.test(path)) return [];
  if (readsLines(path)) return lookAtLines(path, { before, after });
  if (holdsData(path) && !isTestPath(path))
    return [{ kind: "code", path, before: readDataSide(path, before), after: readDataSide(path, after) }];
  if (!grammarFor(path)) return [];
  if (isTestPath(path)) return [{ kind: "cases", cases: inputsInTest(path, after ?? before) }];
  return [{ kind: "code", path, before: readCodeSide(path, before), after: readCodeSide(path, after) }];
}

function lookAtLines(path: string, sides: Pick<FileText, "before" | "after">): ConditionFact[] {
  const [before, after] = [sides.before, sides.after].map((text = "") =>
    readLinesOfCode(path, isWritten(text) ? text : ""),
  );
  if (!before || !after) return [];
  const { cases } = sides.after === undefined ? before : after;
  return [
    ...(isTestPath(path) ? [] : [{ kind: "code" as const, path, before, after }]),
    { kind: "cases", cases },
  ];
}

/** What the tests that did not change assert. */
export function lookAtCases(path: string, text: string): ConditionFact[] {
  return isTestOfCode(path) ? [{ kind: "cases", cases: inputsInTest(path, text) }] : [];
}

/** Whether a path is that of a test in a language that is read here. */
export function isTestOfCode(path: string): boolean {
  return isTestPath(path) && !foreign.test(path) && (readsLines(path) || grammarFor(path) !== undefined);
}

function inputsInTest(path: string, text: string | undefined): Set<string>[] {
  if (readsLines(path)) return readLinesOfCode(path, text ?? "").cases;
  const grammar = grammarFor(path);
  const tree = grammar && text ? parseTree(grammar, text) : undefined;
  return tree && text ? casesIn(tree, text) : [];
}

function readDataSide(path: string, text: string | undefined): CodeSide {
  return { suspicions: [], answers: answersInData(path, text) };
}

function readCodeSide(path: string, raw = ""): CodeSide {
  const grammar = grammarFor(path);
  const tree = grammar && isWritten(raw) ? parseTree(grammar, raw) : undefined;
  if (!tree) return { suspicions: [], answers: [] };
  const text = maskComments(raw, tree);
  const units = unitsOf(tree, text);
  const suspicions = [
    ...findQuestions(path, { units, text }),
    ...findPatches({ units, text }),
    ...findReplaced(path, { units, text }),
    ...findDoubles(path, text),
    ...findConstantEquality(tree, text),
  ];
  return { suspicions, answers: findAnswers(tree, text) };
}

function isWritten(text: string): boolean {
  return text.split("\n").every((line) => line.length <= writtenLine);
}

/** Whether any answer of the change needs the tests that did not change to be read. */
export function wantsCases(facts: ConditionFact[]): boolean {
  return facts.some((fact) => fact.kind === "code" && fact.after.answers.length > 0);
}

/**
 * The check `conditions`: what the code asked before, in any file, it may go on asking; and what the runs with other
 * surroundings told.
 */
export function checkConditions(facts: ConditionFact[], elsewhere: ElsewhereTold): CheckRow<"conditions"> {
  const code = facts.flatMap((fact) => (fact.kind === "code" ? [fact] : []));
  const cases = facts.flatMap((fact) => (fact.kind === "cases" ? fact.cases : []));
  const known = new Set(code.flatMap(({ before }) => before.suspicions.map(({ key }) => key)));
  const findings = code.flatMap(({ path, before, after }): Finding[] => {
    const answers = answersOfTests(after.answers, { before: before.answers, cases });
    const fresh = [...after.suspicions.filter(({ key }) => !known.has(key)), ...answers];
    return inPlaces(fresh).map(({ line, message }) => ({ path, line, message }));
  });
  const differs = elsewhere.kind === "differs" ? [{ message: elsewhere.line }] : [];
  const all = [...differs, ...findings];
  return { name: "conditions", ...summary(all, elsewhere), findings: all.slice(0, mostFindings) };
}

/** One finding a line says enough. */
function inPlaces(suspicions: Suspicion[]): Suspicion[] {
  const lines = new Map(suspicions.toReversed().map((each) => [each.line, each]));
  return [...lines.values()].toSorted((a, b) => a.line - b.line);
}

function summary(
  findings: Finding[],
  elsewhere: ElsewhereTold,
): Pick<CheckRow<"conditions">, "status" | "line"> {
  const [first] = findings;
  if (!first) {
    const ran = elsewhere.kind === "told" ? ` ${elsewhere.line}` : "";
    return { status: "pass", line: `${nothing}${ran}` };
  }
  const more = findings.length > 1 ? ` (${findings.length - 1} more)` : "";
  const place = first.path ? `${first.path}:${first.line}: ` : "";
  return { status: "attention", line: `${place}${first.message}${more}` };
}

const nothing = "No new code asks who runs it, when or where, or answers for the tests.";
