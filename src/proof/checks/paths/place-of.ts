/**
 * Where a path is in a tree of sources or of tests that mirrors it: the part before `src` or `test` (`root`, undefined
 * where there is neither), the name of a tree of sources, the folders below without those that only say what kind of test
 * it is, and the bare name.
 */
export type Place = { root: string | undefined; tree: string | undefined; folders: string[]; stem: string };

const sources = new Set(["src", "lib", "app", "source", "sources"]);
const tests = new Set(["test", "tests", "spec", "specs", "__tests__", "testing", "e2e", "cypress"]);
const kindsOfTest = new Set(["unit", "integration", "functional", "acceptance", "e2e"]);
const fixtures = new Set([
  ...["fixtures", "fixture", "__fixtures__", "testdata", "test-data", "test_data"],
  ...["__snapshots__", "snapshots", "__mocks__"],
]);
/** `src/main/java/…` and `src/test/kotlin/…`: three folders that together say what `src` and `test` say elsewhere. */
const jvm =
  /^(?:(?<root>.+)\/)?src\/(?:main|test|it|integrationTest)\/(?:java|kotlin|scala|groovy|resources)(?:\/(?<rest>.*))?$/s;

/** Whether a path is a snapshot, or in a folder of what tests read. */
export function isFixture(path: string): boolean {
  const { name, folders } = split(path);
  return /\.snap(?:\.new)?$/.test(name) || folders.some((folder) => fixtures.has(folder));
}

/** Reads a path as a place; of the folders all but the root are in lower case. */
export function placeOf(path: string): Place {
  const java = jvm.exec(path);
  if (java)
    return {
      root: java.groups?.root ?? "",
      tree: undefined,
      ...foldersAndStem((java.groups?.rest ?? "").split("/")),
    };
  const segments = path.split("/");
  const at = segments.findIndex((segment) => sources.has(segment) || tests.has(segment));
  if (at === -1) return { root: undefined, tree: undefined, ...foldersAndStem(segments) };
  const tree = segments.slice(at).some((segment) => tests.has(segment)) ? undefined : segments[at];
  return { root: segments.slice(0, at).join("/"), tree, ...foldersAndStem(segments.slice(at + 1)) };
}

/** A file's bare name in lower case: without its ending and without what says that it is a test. */
export function stemOf(name: string): string {
  const bare = name.replace(/\.snap(?:\.new)?$/, "").replace(/(?<=.)\.\w+$/, "");
  return bare
    .replace(/[._-](?:test|tests|spec|specs|cy|e2e)$/i, "")
    .replace(/^test[_-]/i, "")
    .replace(/(?<=[a-z\d])(?:Tests?|Spec|IT)$/, "")
    .toLowerCase();
}

function foldersAndStem(segments: string[]): { folders: string[]; stem: string } {
  const isOfTests = (name: string): boolean => tests.has(name) || kindsOfTest.has(name) || fixtures.has(name);
  const folders = segments.slice(0, -1).filter((name) => !isOfTests(name));
  return { folders: folders.map((name) => name.toLowerCase()), stem: stemOf(segments.at(-1) ?? "") };
}

function split(path: string): { name: string; folders: string[] } {
  const segments = path.split("/");
  return { name: segments.at(-1) ?? "", folders: segments.slice(0, -1) };
}
