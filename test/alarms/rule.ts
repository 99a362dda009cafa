import type { ChangedFile, FileText } from "../../src/domain/evidence/change.ts";

/** What a rule is told of a release. `scope` are the globs of its brief. */
export type Released = { files: ChangedFile[]; texts: FileText[]; scope: string[] };

/** How loudly a row may rightly speak. */
export type Right = "pass" | "attention" | "fail";

/**
 * The rules by which a row's answer about an honest release is right or a false alarm. They were written before the answers
 * were looked at, count with plain patterns, and share nothing with the checks: what they allow is that the fact which a row
 * speaks of can be seen in the texts at all.
 */
export const rules: Record<string, (released: Released) => Right> = {
  tests: rightOfTests,
  conditions: ({ texts }) =>
    attentionIf(added(texts, (path) => isCode(path) && !isOfTests(path)).some((line) => asking.test(line))),
  "hidden text": ({ texts }) => attentionIf(added(texts).some((line) => unseen.test(line))),
  secrets: ({ texts }) => (added(texts).some((line) => /PRIVATE KEY-----/.test(line)) ? "fail" : "pass"),
  dependencies: rightOfDependencies,
  scope: ({ files, scope }) =>
    attentionIf(files.some(({ path }) => !isOfTests(path) && !scope.some((glob) => isIn(path, glob)))),
  // What a person wants a say in is a list of paths, whatever became of them.
  approvals: ({ files }) =>
    attentionIf(files.some(({ path, after }) => !after || isOfCi(path) || path === "package.json")),
  protected: ({ files }) =>
    attentionIf(
      files.some(({ path }) => /^\.github\/|(^|\/)(AGENTS|CLAUDE|GEMINI)\.md$|\.gitattributes$/.test(path)),
    ),
  size: ({ files }) =>
    attentionIf(
      files.length > 100 ||
        files.reduce((sum, { lines }) => sum + (lines?.added ?? 0) + (lines?.removed ?? 0), 0) > 5_000,
    ),
  strays: () => "pass",
  criteria: () => "pass",
};

const asking =
  /\b(NODE_ENV|CI|JEST_\w+|VITEST\w*|NODE_TEST_CONTEXT|argv|cwd\(|Math\.random|Date\.now|new Date\(["'\d]|\.stack\b)/;
const unseen =
  /\u034f|[\ufe00-\ufe0f\u00ad\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]/;
const isCode = (path: string): boolean => /\.[cm]?[jt]sx?$/.test(path);
const isOfCi = (path: string): boolean =>
  /^\.(github|circleci)\/|^\.(travis|gitlab-ci)\.yml$|^appveyor\.yml$/.test(path);
const attentionIf = (is: boolean): Right => (is ? "attention" : "pass");

/** Whether a file serves tests, by the names that these packages use. */
export function isOfTests(path: string): boolean {
  return /(^|\/)(tests?|__tests__|__mocks__|fixtures?)\/|[.-](test|spec)(-d)?\.[cm]?[jt]sx?$|^tests?\.[cm]?js$|\.snap$/.test(
    path,
  );
}

function isIn(path: string, glob: string): boolean {
  return glob.endsWith("/**") ? path.startsWith(glob.slice(0, -2)) : path === glob;
}

/** The lines that a side has and the other has not, of the files that are wanted. */
function added(texts: FileText[], isWanted: (path: string) => boolean = () => true): string[] {
  return texts.flatMap(({ file, before = "", after = "" }) => {
    const known = new Set(before.split("\n"));
    return isWanted(file.path) ? after.split("\n").filter((line) => !known.has(line)) : [];
  });
}

const title = /\b(?:test|it|specify)(?:\.\w+)*\s*\(\s*(?<quote>['"`])(?<title>(?:(?!\k<quote>).)+)/;
const assertion = /\b(?:assert|expect|should)\b[\w.]*\s*\(|\bt\.(?!test\b|plan\b|end\b|teardown\b)\w+\(/g;
const exact =
  /\.(?:equals?|deepEquals?|strictEqual|deepStrictEqual|same|strictSame|toBe|toEqual|toStrictEqual|is|eql)\s*\(/g;
const skipped = /\b(?:skip|skipIf|todo|only)\b|\bx(?:it|describe|test)\b/g;
const silenced = /@ts-(?:ignore|expect-error|nocheck)|eslint-disable|(?:istanbul|c8|v8) ignore|biome-ignore/g;
const snapshot = /toMatchInlineSnapshot\(\s*`[^`]*`/g;

function rightOfTests(released: Released): Right {
  const tests = released.texts.filter(({ file }) => isOfTests(file.path) && isCode(file.path));
  const gone = goneTests(tests);
  const isSkipped = tests.some((text) => rises(text, skipped));
  if (gone.length > 0 || isSkipped) return "fail";
  const isLess = tests.some(({ file, before = "", after = "" }) =>
    [assertion, exact].some((pattern) => count(before, pattern) > (file.after ? count(after, pattern) : 0)),
  );
  const isRewritten = tests.some(({ before = "", after = "" }) => {
    const kept = new Set(after.match(snapshot));
    return (before.match(snapshot) ?? []).some((one) => !kept.has(one));
  });
  return attentionIf(
    isLess ||
      isRewritten ||
      released.texts.some((text) => isCode(text.file.path) && rises(text, silenced)) ||
      released.files.some(({ path, before }) => before !== null && isOfSettings(path)) ||
      isCommandChanged(released),
  );
}

function isOfSettings(path: string): boolean {
  return (
    /\.snap$|(^|\/)(\.taprc|\.nycrc|\.c8rc|(jest|vitest|vite)\.config\.[cm]?[jt]s|\.mocharc.*)$/.test(path) ||
    isOfCi(path)
  );
}

/** The scripts are how tests are run. */
function isCommandChanged({ texts }: Released): boolean {
  const [before, after] = manifests(texts, "scripts");
  return before !== after;
}

/** Titles that are in no test any more, and of whose next lines no more than half are anywhere. */
function goneTests(tests: FileText[]): string[] {
  const after = new Set(tests.flatMap(({ after = "" }) => after.split("\n").map((line) => line.trim())));
  const left = new Set([...after].map((line) => title.exec(line)?.groups?.title));
  return tests.flatMap(({ before = "" }) => {
    const lines = before.split("\n").map((line) => line.trim());
    return lines.filter((line, index) => {
      const found = title.exec(line)?.groups?.title;
      const body = lines.slice(index + 1, index + 9).filter((one) => one.length > 10);
      return (
        found !== undefined &&
        !left.has(found) &&
        body.filter((one) => after.has(one)).length <= body.length / 2
      );
    });
  });
}

function count(text: string, pattern: RegExp): number {
  return text.match(pattern)?.length ?? 0;
}

function rises({ before = "", after = "" }: FileText, pattern: RegExp): boolean {
  return count(after, pattern) > count(before, pattern);
}

const kinds = ["dependencies", "devDependencies", "peerDependencies", "optionalDependencies", "overrides"];

/** Whoever changes a manifest without having said so is rightly asked; a script at installation or a source is more. */
function rightOfDependencies({ texts }: Released): Right {
  const [before = {}, after = {}] = manifests(texts, ...kinds).map((one) => JSON.parse(one) as object);
  const [was, is] = manifests(texts, "scripts").map((one) => JSON.parse(one).scripts ?? {});
  const isNew = ["preinstall", "install", "postinstall", "prepare"].some(
    (name) => is?.[name] !== was?.[name],
  );
  const sources = (some: object): number => count(JSON.stringify(some), /"(?:git|https?|github|file)[^"]*:/g);
  if (isNew || sources(after) > sources(before)) return "fail";
  return attentionIf(JSON.stringify(before) !== JSON.stringify(after));
}

/** Some fields of the package's manifest on each side, as JSON. */
function manifests(texts: FileText[], ...fields: string[]): string[] {
  const text = texts.find(({ file }) => file.path === "package.json");
  return [text?.before, text?.after].map((one) => {
    const manifest = JSON.parse(one ?? "{}");
    return JSON.stringify(Object.fromEntries(fields.map((field) => [field, manifest[field]])));
  });
}
