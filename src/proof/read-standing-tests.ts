import type { ChangedFile } from "../domain/evidence/change.ts";
import type { ChangeAddress } from "../domain/task/change-address.ts";
import type { Ports } from "../ports.ts";
import {
  type ConditionFact,
  isTestOfCode,
  lookAtCases,
  wantsCases,
} from "./checks/conditions/check-conditions.ts";

/** Where tests are read that a change did not touch; `isTest` says which of its paths hold some. */
export type StandingPlace = { at: ChangeAddress; files: ChangedFile[]; isTest: (path: string) => boolean };

/** More tests than these are not read: enough for 19 of 20 projects, and a second of reading. */
const mostTests = 300;

/**
 * What the tests assert that the change did not touch, nearest to the changed code first. They are only read where the
 * change has code that may have been made for one of them.
 */
export async function readStandingTests(
  { facts, ...place }: Omit<StandingPlace, "isTest"> & { facts: ConditionFact[] },
  ports: Pick<Ports, "objects">,
): Promise<ConditionFact[]> {
  if (!wantsCases(facts)) return [];
  const found: ConditionFact[] = [];
  for await (const { path, text } of standingTests({ ...place, isTest: isTestOfCode }, ports))
    found.push(...lookAtCases(path, text));
  return found;
}

/** The texts of test files that a change did not touch, nearest to the changed code first. */
export async function* standingTests(
  { at, files, isTest }: StandingPlace,
  { objects }: Pick<Ports, "objects">,
): AsyncIterable<{ path: string; text: string }> {
  const changed = new Set(files.map(({ path }) => path));
  const listed = await objects.list(at, at.change.tree, (path) => isTest(path) && !changed.has(path));
  const words = new Set([...changed].flatMap(wordsIn));
  const near = listed
    .map((test) => ({ ...test, shared: wordsIn(test.path).filter((word) => words.has(word)).length }))
    .toSorted((a, b) => b.shared - a.shared);
  const wanted = near.slice(0, mostTests).map(({ path, id }) => ({
    ...{ path, before: null },
    after: { mode: "100644", id, bytes: 0 },
  }));
  for await (const { file, after } of objects.texts(at, wanted))
    if (after !== undefined) yield { path: file.path, text: after };
}

/** A test shares the name of its folder or its subject with the code that it is for. */
function wordsIn(path: string): string[] {
  return path.split(/[^A-Za-z0-9]+/);
}
