import type { FailedTest } from "../../explain/failed-tests.ts";
import type { Breakable } from "./breakable.ts";

/** How far a trial has come. `suspects` were broken in a run that was red, and nobody named their tests as failed. */
export type BreakTrial = {
  pending: Breakable[];
  suspects: Breakable[];
  /** Whether the last names told nothing, so that suspects are broken one by one, and all where no name ever told anything. */
  isBlind: boolean;
  noticed: Breakable[];
  survived: Breakable[];
  unsure: Breakable[];
};

/**
 * What a run with broken assertions came to: `green`; `red` with the tests that failed, where `isByTests` says whether any
 * test can have failed; or `nothing` where it came to no end of its own.
 */
export type BrokenRun = "green" | "nothing" | { failed: FailedTest[]; isByTests: boolean };

/** More at once are nothing that a log's end would name. */
const mostAtOnce = 40;

/** Begins a trial: what stands in tests first, since what stands outside of them is broken alone. */
export function beginTrial(chosen: Breakable[]): BreakTrial {
  const inTests = chosen.filter(({ test }) => test !== "");
  const outside = chosen.filter(({ test }) => test === "");
  return {
    ...{ pending: [...inTests, ...outside], suspects: [], isBlind: false },
    ...{ noticed: [], survived: [], unsure: [] },
  };
}

/** What is broken together in the next run: one assertion of each test, no two tests of one name; nothing: all is known. */
export function nextBatch({ pending, suspects, isBlind, noticed }: BreakTrial): Breakable[] {
  const from = suspects.length > 0 ? suspects : pending;
  const isAlone = from[0]?.test === "" || (isBlind && (suspects.length > 0 || noticed.length === 0));
  return isAlone ? from.slice(0, 1) : apart(from.filter(({ test }) => test !== "")).slice(0, mostAtOnce);
}

/** The first of those that could be taken for one another. */
function apart(all: Breakable[]): Breakable[] {
  const batch: Breakable[] = [];
  for (const one of all) if (!batch.some((other) => areConfused(one, other))) batch.push(one);
  return batch;
}

/** A failure of one could be taken for one of the other. */
function areConfused(one: Breakable, other: Breakable): boolean {
  return (
    one.test === other.test || one.called?.test(other.test) === true || other.called?.test(one.test) === true
  );
}

/** What is known after a run. */
export function afterRun(
  trial: BreakTrial,
  { batch, run }: { batch: Breakable[]; run: BrokenRun },
): BreakTrial {
  const rest = (all: Breakable[]) => all.filter((one) => !batch.includes(one));
  const next = { ...trial, pending: rest(trial.pending), suspects: rest(trial.suspects) };
  if (run === "green") return { ...next, survived: [...trial.survived, ...batch] };
  if (run === "nothing") return { ...next, unsure: [...trial.unsure, ...batch] };
  if (batch.length === 1)
    return run.isByTests
      ? { ...next, noticed: [...trial.noticed, ...batch] }
      : { ...next, unsure: [...trial.unsure, ...batch] };
  const noticed = batch.filter(({ called }) => run.failed.some(({ name }) => called?.test(name)));
  const unnamed = batch.filter((one) => !noticed.includes(one));
  return {
    ...next,
    isBlind: noticed.length === 0,
    noticed: [...trial.noticed, ...noticed],
    suspects: [...next.suspects, ...unnamed],
  };
}
