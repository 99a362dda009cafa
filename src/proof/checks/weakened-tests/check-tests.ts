import type { ChangedFile, FileText } from "../../../domain/evidence/change.ts";
import type { Check, CheckRow } from "../../../domain/evidence/evidence.ts";
import { type BoundFile, compareBindings } from "./compare-bindings.ts";
import { compareMarks, findMarks, type MarkedFile } from "./compare-marks.ts";
import { comparePipelines, isPipelinePath, type PipelineFile } from "./compare-pipelines.ts";
import { compareSettings } from "./compare-settings.ts";
import { compareSnapshots, isSnapshotPath, type SnapshotFile } from "./compare-snapshots.ts";
import { compareSubjects, readSubject, type SubjectFile } from "./compare-subjects.ts";
import { compareTests } from "./compare-tests.ts";
import { type CodeFile, isCode, readCode } from "./lost-names.ts";
import type { TestFile } from "./pair-tests.ts";
import { readBindings } from "./read-bindings.ts";
import { isSettingsPath, readSettings, type SettingsFile } from "./read-settings.ts";
import { holdsTests, isForeignTest, readSuite } from "./read-suite.ts";
import type { Suite } from "./suite.ts";
import type { Weakness } from "./weakness.ts";

/** What one changed file tells of the tests. */
export type TestFact =
  | ({ kind: "tests" } & TestFile)
  | ({ kind: "settings" } & SettingsFile)
  | ({ kind: "pipeline" } & PipelineFile)
  | ({ kind: "snapshots" } & SnapshotFile)
  | ({ kind: "marks" } & MarkedFile)
  | ({ kind: "code" } & CodeFile)
  | ({ kind: "subject" } & SubjectFile)
  | ({ kind: "bound" } & BoundFile)
  | ({ kind: "shadow" } & Weakness)
  | ({ kind: "unread" } & Weakness);

/** More findings than these are counted, not listed. */
const mostFindings = 100;

const nothing: Suite = { cases: [], tableWords: [], redeclared: [] };

/** Reads what a changed file has to do with tests. */
export function lookAtTests({ file, before, after }: FileText): TestFact[] {
  const { path } = file;
  const was = file.before ? before : "";
  const is = file.after ? after : "";
  if (was === undefined || is === undefined) return holdsTests(path) && file.before ? [unread(path)] : [];
  const sides = { path, before: was, after: is };
  if (isSnapshotPath(path)) return [{ kind: "snapshots", ...sides }];
  const facts: TestFact[] = file.before ? [] : shadowsOf(path);
  if (isPipelinePath(path)) facts.push({ kind: "pipeline", ...sides });
  if (isSettingsPath(path)) {
    const settings = { before: readSettings(path, was), after: readSettings(path, is) };
    facts.push({ kind: "settings", path, ...settings, text: is });
  }
  if (isCode(path)) facts.push({ kind: "code", ...readCode(path, sides) });
  return [...facts, ...marksOf(sides), ...suitesOf(sides)];
}

function marksOf({ path, before, after }: { path: string; before: string; after: string }): TestFact[] {
  const marks = { before: findMarks(path, before), after: findMarks(path, after) };
  return marks.before.length + marks.after.length > 0 ? [{ kind: "marks", path, ...marks }] : [];
}

function suitesOf({ path, before, after }: { path: string; before: string; after: string }): TestFact[] {
  const [was, is] = [before && readSuite(path, before), after && readSuite(path, after)];
  if (was === "unreadable" || is === "unreadable") return was ? [unread(path)] : [];
  if (!was && !is) return foreignOf({ path, before, after });
  const tests = { before: was || nothing, after: is || nothing };
  const isBoth = before !== "" && after !== "";
  return [
    { kind: "tests", path, ...tests },
    ...(isBoth ? subjectAndBound({ path, before, after }, tests) : []),
  ];
}

function subjectAndBound(
  sides: { path: string; before: string; after: string },
  tests: BoundFile["tests"],
): TestFact[] {
  return [subjectFact(sides), boundFact(sides, tests)];
}

function boundFact(
  { path, before, after }: { path: string; before: string; after: string },
  tests: { before: Suite; after: Suite },
): TestFact {
  return { kind: "bound", path, before: readBindings(path, before), after: readBindings(path, after), tests };
}

function subjectFact({ path, before, after }: { path: string; before: string; after: string }): TestFact {
  return { kind: "subject", path, before: readSubject(path, before), after: readSubject(path, after) };
}

/** Python looks for a module in the project before it looks among what is installed, and starts these by itself. */
const runnersName =
  /^(?:src\/)?(?<name>_?pytest|unittest|doctest|nose2?|coverage|sitecustomize|usercustomize)(?:\.py|\/__(?:init|main)__\.py)$/;

function shadowsOf(path: string): TestFact[] {
  const { name } = runnersName.exec(path)?.groups ?? {};
  const message = `takes the place of ${name}, which runs the tests or is loaded before them`;
  return name ? [{ kind: "shadow", weight: "attention", path, line: 1, message }] : [];
}

function unread(path: string): TestFact {
  const message = "its tests could not be compared: no text, too long, or nested too deeply to be read";
  return { kind: "unread", weight: "attention", path, line: undefined, message };
}

/** Tests in a language that is not read: that they are gone is seen, and what became of their assertions is not. */
function foreignOf({ path, before, after }: { path: string; before: string; after: string }): TestFact[] {
  if (before === "" || !isForeignTest(path)) return [];
  const gone = after === "" ? ", and the file is gone" : "";
  const message = `its tests could not be compared: those of its language are not read${gone}`;
  // No more than told: a test that only moved is gone from its place too, and nothing here could find it again.
  return [{ kind: "unread", weight: "told", path, line: undefined, message }];
}

/** The check `tests`: joins what was read in all files, since a test that moved is not lost. */
export function checkTests(facts: TestFact[], { files }: { files: ChangedFile[] }): CheckRow<"tests"> {
  const deleted = new Set(files.flatMap((file) => (file.after ? [] : [file.path])));
  const weaknesses = [
    ...compareTests(pick(facts, "tests"), { deleted, code: pick(facts, "code") }),
    ...compareSettings(pick(facts, "settings")),
    ...comparePipelines(pick(facts, "pipeline")),
    ...compareSnapshots(pick(facts, "snapshots")),
    ...compareSubjects(pick(facts, "subject")),
    ...compareBindings(pick(facts, "bound")),
    ...compareMarks(pick(facts, "marks")),
    ...pick(facts, "shadow"),
    ...pick(facts, "unread"),
  ];
  const failing = weaknesses.filter(({ weight }) => weight === "fail");
  const loud = weaknesses.filter(({ weight }) => weight === "attention");
  const told = weaknesses.filter(({ weight }) => weight === "told");
  const status = failing.length > 0 ? "fail" : loud.length > 0 ? "attention" : "pass";
  const ordered = [...failing, ...loud, ...told];
  return {
    name: "tests",
    status,
    line: describe(facts, ordered),
    findings: ordered.slice(0, mostFindings).map(weaknessFinding),
  };
}

function pick<Kind extends TestFact["kind"]>(
  facts: TestFact[],
  kind: Kind,
): Extract<TestFact, { kind: Kind }>[] {
  return facts.filter((fact): fact is Extract<TestFact, { kind: Kind }> => fact.kind === kind);
}

function describe(facts: TestFact[], [first, ...more]: Weakness[]): string {
  if (!first)
    return facts.every(({ kind }) => kind === "code")
      ? "No test and no setting of tests was touched."
      : "No test was weakened.";
  const isUnread = facts.some((fact) => fact === first);
  const head = first.weight !== "told" || isUnread ? "" : "No test was weakened. Told: ";
  return `${head}${first.path}: ${first.message}${more.length > 0 ? `; ${more.length} more` : ""}`;
}

function weaknessFinding({ path, line, message }: Weakness): Check["findings"][number] {
  return line === undefined ? { path, message } : { path, line, message };
}
