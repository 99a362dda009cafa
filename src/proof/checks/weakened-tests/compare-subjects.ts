import type { Weakness } from "./weakness.ts";

/** What one side of a test file does with the module that it is named after. */
export type TestedModule = {
  imported: string | undefined;
  mocked: { line: number; module: string } | undefined;
};

/** Both sides of one test file. */
export type SubjectFile = { path: string; before: TestedModule; after: TestedModule };

const imports = /(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["'`](?<module>\.{1,2}\/[^"'`\n]{1,300})["'`]/g;
const mocks =
  /\b(?:jest|vi|mock)\.(?:mock|doMock|unstable_mockModule|module)\(\s*["'`](?<module>\.{1,2}\/[^"'`\n]{1,300})["'`]/g;

/** A mock that hands on the real module replaces parts of it only. */
const partial = /importOriginal|importActual|requireActual/;

/** How much of a mock is looked at. */
const reach = 400;

/** Reads what a script that holds tests does with the module that it is named after. */
export function readSubject(path: string, text: string): TestedModule {
  const own = sharedStem(path);
  const isOwn = ({ groups }: RegExpMatchArray): boolean =>
    own !== "" && (groups?.module ?? "").split("/").some((name) => sharedStem(name) === own);
  const imported = [...text.matchAll(imports)].find(isOwn)?.groups?.module;
  const mock = [...text.matchAll(mocks)].find(
    (each) => isOwn(each) && !partial.test(text.slice(each.index, each.index + reach)),
  );
  const line = text.slice(0, mock?.index ?? 0).split("\n").length;
  return { imported, mocked: mock && { line, module: mock.groups?.module ?? "" } };
}

/** The name that a test and its subject share; names that many files bear tell nothing. */
function sharedStem(path: string): string {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const stem = name.replace(/\.[cm]?[jt]sx?$/, "").replace(/[._-](test|spec)$/, "");
  return /^(index|main|test|tests|setup|helpers?|utils?)$/.test(stem) ? "" : stem;
}

/** Finds tests that replace what they are to test, or do not reach it any more. */
export function compareSubjects(files: SubjectFile[]): Weakness[] {
  return files.flatMap(({ path, before, after }): Weakness[] => {
    const say = (message: string, line?: number): Weakness => ({ weight: "attention", path, line, message });
    if (after.mocked && !before.mocked && before.imported)
      return [say(`replaces by a mock what it is named after: ${after.mocked.module}`, after.mocked.line)];
    return before.imported && !after.imported
      ? [say(`no longer imports what it is named after: ${before.imported}`)]
      : [];
  });
}
