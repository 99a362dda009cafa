import { groupBy } from "./group-by.ts";
import { samples } from "./samples.ts";
import type { Suite, TestCase } from "./suite.ts";

/** Both sides of one file that has, or had, tests. */
export type TestFile = { path: string; before: Suite; after: Suite };
/** A test and where it stands. */
export type Placed = { path: string; test: TestCase };
/** A test before and after; it may have moved or been renamed in between. */
export type Pair = { before: Placed; after: Placed };
/** Which test became which; `removed` and `added` have no counterpart. */
export type Pairing = { pairs: Pair[]; removed: Placed[]; added: Placed[] };

/** How much of two tests has to be the same for one to be taken for the other under a new name. */
const leastLikeness = 0.5;
/** How many tests are remembered for one run of words; runs that more tests have tell nothing. */
const mostHolders = 16;

/** Finds out which test became which, first by name where it stood, then anywhere in the change, then by its text. */
export function pairTests(files: TestFile[]): Pairing {
  const state: Pairing = { pairs: [], removed: [], added: [] };
  for (const file of files) pairFile(file, state);
  pairBy(state, ({ test }) => (test.kind === "file" ? "" : test.words.join(" ")));
  pairBy(state, ({ test }) => (test.kind === "file" ? "" : test.name));
  pairSplit(state);
  pairByLikeness(state);
  pairByTitle(state);
  const present = presentTests(files);
  // One copy less of a test that is still there loses nothing.
  state.removed = state.removed.filter((each) => !present.has(identityOf(each)));
  return state;
}

function pairFile({ path, before, after }: TestFile, state: Pairing): void {
  const placed = (test: TestCase): Placed => ({ path, test });
  const own: Pairing = { pairs: [], removed: before.cases.map(placed), added: after.cases.map(placed) };
  pairBy(own, ({ test }) => `${test.kind} ${test.title}`);
  pairBy(own, ({ test }) => (test.kind === "file" ? "" : test.name));
  for (const each of own.pairs) state.pairs.push(each);
  for (const each of own.removed) state.removed.push(each);
  for (const each of own.added) state.added.push(each);
}

/** Pairs what has the same key, in the order in which it stands; an empty key is nobody's. */
function pairBy(state: Pairing, keyOf: (placed: Placed) => string): void {
  const waiting = groupBy(state.added, keyOf);
  for (const list of waiting.values()) list.reverse();
  const taken = new Set<Placed>();
  state.removed = state.removed.filter((before) => {
    const after = waiting.get(keyOf(before) || "\0")?.pop();
    if (!after) return true;
    taken.add(after);
    state.pairs.push({ before, after });
    return false;
  });
  state.added = state.added.filter((each) => !taken.has(each));
}

/** A test that only holds others now became these, all together; they stay new as well, for what they add. */
function pairSplit(state: Pairing): void {
  const inner = groupBy(state.added, ({ path, test }) => {
    const end = test.title.lastIndexOf(" > ");
    return end < 0 ? "" : `${path} ${test.title.slice(0, end)}`;
  });
  state.removed = state.removed.filter((before) => {
    const held = inner.get(`${before.path} ${before.test.title}`) ?? [];
    const [first] = held;
    if (!first || before.test.kind === "file") return true;
    state.pairs.push({ before, after: { path: first.path, test: joined(first.test, held) } });
    return false;
  });
}

function joined(first: TestCase, held: Placed[]): TestCase {
  const all = held.map(({ test }) => test);
  return {
    ...first,
    skip: all.every(({ skip }) => skip) ? first.skip : undefined,
    ...{ focused: false, swallowed: sum(all, "swallowed"), unreached: sum(all, "unreached") },
    tables: all.flatMap(({ tables }) => tables),
    assertions: all.filter(({ skip }) => !skip).flatMap(({ assertions }) => assertions),
    words: all.flatMap(({ words }) => words),
  };
}

function sum(tests: TestCase[], key: "swallowed" | "unreached"): number {
  return tests.reduce((all, test) => all + test[key], 0);
}

/** Compares runs of three words: whom a removed test shares most of them with is what became of it. */
function pairByLikeness(state: Pairing): void {
  const bySample = new Map<string, Placed[]>();
  for (const added of state.added)
    for (const sample of added.test.kind === "file" ? [] : samples(added.test.words)) {
      const holders = bySample.get(sample);
      if (!holders) bySample.set(sample, [added]);
      else if (holders.length < mostHolders) holders.push(added);
    }
  const taken = new Set<Placed>();
  state.removed = state.removed.filter((before) => {
    const after = before.test.kind === "file" ? undefined : likest(before, { bySample, taken });
    if (!after) return true;
    taken.add(after);
    state.pairs.push({ before, after });
    return false;
  });
  state.added = state.added.filter((each) => !taken.has(each));
}

/** A title that keeps most words of the old one is a new name, if the test asserts no less. */
function pairByTitle(state: Pairing): void {
  const byPath = groupBy(state.added, ({ path }) => path);
  const taken = new Set<Placed>();
  state.removed = state.removed.filter((before) => {
    const after = byPath
      .get(before.path)
      ?.slice(0, mostHolders)
      .find((each) => !taken.has(each) && isRenamed(before.test, each.test));
    if (!after) return true;
    taken.add(after);
    state.pairs.push({ before, after });
    return false;
  });
  state.added = state.added.filter((each) => !taken.has(each));
}

function isRenamed(before: TestCase, after: TestCase): boolean {
  const wordsIn = ({ name }: TestCase): string[] => name.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const [was, is] = [wordsIn(before), new Set(wordsIn(after))];
  const kept = was.filter((word) => is.has(word)).length;
  return kept >= 3 && kept >= was.length * 0.75 && after.assertions.length >= before.assertions.length;
}

function likest(
  before: Placed,
  { bySample, taken }: { bySample: Map<string, Placed[]>; taken: Set<Placed> },
): Placed | undefined {
  const own = samples(before.test.words);
  const shared = new Map<Placed, number>();
  for (const sample of own)
    for (const holder of bySample.get(sample) ?? [])
      if (!taken.has(holder)) shared.set(holder, (shared.get(holder) ?? 0) + 1);
  const [best] = [...shared]
    .map(([holder, count]) => ({
      holder,
      likeness: (2 * count) / (own.size + samples(holder.test.words).size),
    }))
    .toSorted((one, other) => other.likeness - one.likeness);
  return best && best.likeness >= leastLikeness ? best.holder : undefined;
}

/** Every test that is there after the change, word for word. */
function presentTests(files: TestFile[]): Set<string> {
  return new Set(files.flatMap(({ path, after }) => after.cases.map((test) => identityOf({ path, test }))));
}

function identityOf({ path, test }: Placed): string {
  return `${path}\0${test.kind === "file" ? "\0" : test.name}\0${test.words.join(" ")}`;
}
