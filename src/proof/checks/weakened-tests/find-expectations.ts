import type { FileText } from "../../../domain/evidence/change.ts";
import type { Finding } from "../../../domain/evidence/evidence.ts";
import type { FailedTest } from "../../explain/failed-tests.ts";
import { gainedAssertions } from "./gains.ts";
import { readSuite } from "./read-suite.ts";
import type { Assertion, Suite, TestCase } from "./suite.ts";

/** More findings than these are counted in the line, not listed. */
const mostFindings = 50;
/** More assertions of one test are not told. */
const mostAssertions = 3;
/** How much of a line is told, in characters. */
const longest = 120;

type TestSide = { text: string; cases: TestCase[] };
type TestSides = { path: string; before: TestSide; after: TestSide };

/**
 * What each test expected on the base and expects now: of those that failed where their runner names them, else of all
 * whose assertions changed, and else each file. A test is found by its name, in the file that its runner says or any.
 */
export function findExpectations(texts: FileText[], failed: FailedTest[]): Finding[] {
  const files = texts.flatMap((text) => (text.file.before ? [sidesOf(text)] : []));
  const found = failed.length > 0 ? failed.map((one) => ofFailed(one, files)) : files.flatMap(ofFile);
  return found.slice(0, mostFindings);
}

function ofFailed({ name, path }: FailedTest, files: TestSides[]): Finding {
  const here = files.filter(
    (file) => path === undefined || file.path.endsWith(path) || path.endsWith(file.path),
  );
  for (const file of here) {
    const was = named(name, file.before);
    if (was) return { ...presentPlace(file, was), message: `“${shortText(name)}” ${changeOf(was, file)}` };
  }
  return {
    ...(path !== undefined && { path }),
    message: `“${shortText(name)}” is red with the base's test files`,
  };
}

/** Nobody says which tests failed: those whose assertions are others now. */
function ofFile(file: TestSides): Finding[] {
  const changed = file.before.cases.filter((was) => {
    const is = now(was, file);
    return was.kind === "test" && (!is || lostOf(was, is).length > 0);
  });
  if (changed.length === 0)
    return [{ path: file.path, message: "it was changed, and no runner says which of its tests is red" }];
  return changed.map((was) => ({
    ...presentPlace(file, was),
    message: `one of the changed tests: “${shortText(was.name)}” ${changeOf(was, file)}`,
  }));
}

function changeOf(was: TestCase, file: TestSides): string {
  const is = now(was, file);
  if (!is) return "is gone";
  const lost = lostOf(was, is);
  const fresh = gainedAssertions(was.assertions, is.assertions);
  if (lost.length === 0) return "has the assertions that it had: what they are given was changed";
  const pairs = lost.slice(0, mostAssertions).map((one, at) => pairOf(one, fresh[at], file));
  const more = lost.length > mostAssertions ? `; ${lost.length - mostAssertions} more` : "";
  return `expected otherwise: ${pairs.join("; ")}${more}`;
}

/** The two lines, or the values alone where an assertion has several lines and begins alike. */
function pairOf(was: Assertion, is: Assertion | undefined, { before, after }: TestSides): string {
  const [old, fresh] = [assertionLine(before, was), is && assertionLine(after, is)];
  if (is && old === fresh) return `${code(old)}: ${code(was.argument)} → ${code(is.argument)}`;
  return `${code(old)} → ${fresh === undefined ? "nothing" : code(fresh)}`;
}

function lostOf(was: TestCase, is: TestCase): Assertion[] {
  return gainedAssertions(is.assertions, was.assertions);
}

/** The line where it is now, for that is what a reviewer has before them. */
function presentPlace(file: TestSides, was: TestCase): Pick<Finding, "path" | "line"> {
  const is = now(was, file);
  return { path: file.path, ...(is && { line: is.line }) };
}

function now(was: TestCase, { after }: TestSides): TestCase | undefined {
  const tests = after.cases.filter(({ kind }) => kind === "test");
  return tests.findLast(({ title }) => title === was.title) ?? named(was.name, after);
}

function named(name: string, { cases }: TestSide): TestCase | undefined {
  return cases.find((one) => one.kind === "test" && (one.name === name || one.title.endsWith(` > ${name}`)));
}

function sidesOf({ file: { path }, before, after }: FileText): TestSides {
  return { path, before: sideOf(path, before), after: sideOf(path, after) };
}

function sideOf(path: string, text = ""): TestSide {
  const suite: Suite | "unreadable" | undefined = text === "" ? undefined : readSuite(path, text);
  return { text, cases: typeof suite === "object" ? suite.cases : [] };
}

function assertionLine({ text }: TestSide, { line }: Assertion): string {
  return text.split("\n")[line - 1]?.trim() ?? "";
}

function code(text: string): string {
  return `\`${shortText(text.replaceAll("`", "'"))}\``;
}

function shortText(text: string): string {
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
