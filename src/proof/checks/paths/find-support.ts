import { globFinder } from "../../../domain/paths/find-glob.ts";
import { literalPart } from "../../../domain/paths/literal-part.ts";
import { isTestPath } from "../../../domain/paths/test-path.ts";
import { defaultClassPaths } from "../../../domain/rules/classes.ts";
import type { Brief } from "../../../domain/task/brief.ts";
import { isFixture, type Place, placeOf } from "./place-of.ts";

/** What a path can be the support of: the scope's globs, and the changed paths that are in scope. */
export type SupportGrounds = {
  brief: Pick<Brief, "scope" | "dependencies">;
  inScope: string[];
  others: string[];
};

/** Names that say nothing about what a file is for. */
const generic = new Set(["index", "main", "mod", "lib", "init", "__init__", "setup", "conftest", "helpers"]);

/**
 * Finds, among changed paths outside a declared scope, those that belong to it all the same: its tests, the snapshots and
 * fixtures beside them, and the manifests and lockfiles of declared dependencies. Each with what it is.
 */
export function findSupport({ brief, inScope, others }: SupportGrounds): Map<string, string> {
  const scope = brief.scope.map((glob) => placeOf(literalPart(glob)));
  const sources = byStem(inScope.filter((path) => !isTestPath(path)).map(placeOf));
  const belongs = (test: Place): boolean =>
    scope.some((place) => isInside(test, place)) ||
    (sources.get(test.stem) ?? []).some((source) => isTestOf(test, source));
  const tests = others.filter((path) => isTestPath(path) && belongs(placeOf(path)));
  const besides = new Set(
    [...tests, ...inScope.filter(isTestPath)].filter((path) => !isFixture(path)).map(folderOf),
  );
  const fixtures = others.filter((path) => isFixture(path) && besides.has(holderOf(path)));
  const isManifest = manifestFinder(brief);
  return new Map([
    ...others.filter(isManifest).map((path): [string, string] => [path, "of a declared dependency"]),
    ...fixtures.map((path): [string, string] => [path, "beside a test of the scope"]),
    ...tests.map((path): [string, string] => [path, "a test of the scope"]),
  ]);
}

/** Thousands of tests would else be held against thousands of sources. */
function byStem(places: Place[]): Map<string, Place[]> {
  const groups = new Map<string, Place[]>();
  for (const place of places) {
    const group = groups.get(place.stem);
    if (group) group.push(place);
    else groups.set(place.stem, [place]);
  }
  return groups;
}

/** Whether a test mirrors a place of the scope, as `test/upload/a.test.ts` mirrors `src/upload`. */
function isInside(test: Place, scope: Place): boolean {
  if (isEntry(scope) && isOfRoot(test)) return true;
  if (scope.root !== undefined && !isBeside(test, scope)) return false;
  const outer = scope.root === undefined && test.root ? test.root.toLowerCase().split("/") : [];
  const given = [...outer, ...test.folders, test.stem];
  return [...scope.folders, ...(scope.stem ? [scope.stem] : [])].every(
    (name, index) => given[index] === name,
  );
}

/** Whether a scope is the entry of a package whose code lies in its root: there all tests of the root are for it. */
function isEntry({ root, folders, stem }: Place): boolean {
  return root === undefined && folders.length === 0 && generic.has(stem.replace(/\.d$/, ""));
}

function isOfRoot({ root, tree, folders }: Place): boolean {
  return tree === undefined && (root === "" || (root === undefined && folders.length === 0));
}

/** Whether a test has the name of a source, in the same folder of a mirrored tree or in a flat one. */
function isTestOf(test: Place, source: Place): boolean {
  if (generic.has(test.stem) || test.stem !== source.stem || !isBeside(test, source)) return false;
  const end = source.folders.slice(-test.folders.length || source.folders.length);
  return test.folders.every((name, index) => end[index] === name);
}

/** Whether two trees have the same root; tests among sources belong to the tree that they are in. */
function isBeside(test: Place, other: Place): boolean {
  const root = test.root ?? (test.folders.length === 0 ? "" : undefined);
  return root === (other.root ?? root) && (test.tree === undefined || test.tree === other.tree);
}

/** Manifests count where they are the scope's own or those of a folder above it. */
function manifestFinder({ scope, dependencies }: SupportGrounds["brief"]): (path: string) => boolean {
  if (dependencies.length === 0) return () => false;
  const isManifest = globFinder(defaultClassPaths.dependencies);
  const places = scope.map((glob) => `${literalPart(glob)}/`);
  return (path) => {
    const folder = folderOf(path);
    const above = folder === "" || places.some((place) => place.startsWith(`${folder}/`));
    return above && isManifest(path) !== undefined;
  };
}

function folderOf(path: string): string {
  return path.split("/").slice(0, -1).join("/");
}

/** The folder that a folder of fixtures stands in. */
function holderOf(path: string): string {
  const segments = path.split("/");
  const at = segments.findIndex((segment) => isFixture(`${segment}/x`));
  return at === -1 ? folderOf(path) : segments.slice(0, at).join("/");
}
