import type { TreeBounds } from "../../domain/rules/limits.ts";
import type { TreeBound } from "../../ports/workshop.ts";
import { exactMemory, measureTree } from "./measure-tree.ts";
import type { DiskWatch } from "./watch-disk.ts";

/** How often a tree is looked at. */
const lookMs = 100;
/** A look is followed by so many times its own time of rest, so that it never takes over; the disk's rests by itself. */
const rests = { processes: 10, disk: 1 };

/** The watch over what a tree holds: `met` resolves to the first bound that it meets, and to nothing else. */
export type TreeWatch = { met: Promise<TreeBound>; end(): void };

/**
 * Watches a tree from its first process down; `end` MUST be called, for its timers. The disk has a watch of its own: it may
 * take seconds to walk, and an agent could make it walk in order not to be looked at meanwhile.
 */
export function watchTree(first: number, order: { bounds: TreeBounds; disk: DiskWatch }): TreeWatch {
  const { bounds, disk } = order;
  const ends: (() => void)[] = [];
  const met = new Promise<TreeBound>((resolve) => {
    ends.push(
      lookUntilMet(async () => heldBound(first, bounds), { met: resolve, rest: rests.processes }),
      lookUntilMet(async () => ((await disk.isOver()) ? "disk" : undefined), {
        met: resolve,
        rest: rests.disk,
      }),
    );
  });
  const end = (): void => {
    for (const one of ends) one();
  };
  return { met, end };
}

/** Looks until a bound is met, resting between two looks; returns what stops it. */
function lookUntilMet(
  look: () => Promise<TreeBound | undefined>,
  { met, rest }: { met: (bound: TreeBound) => void; rest: number },
): () => void {
  const state: { timer?: NodeJS.Timeout; isOver: boolean } = { isOver: false };
  const once = async (): Promise<void> => {
    const began = performance.now();
    const bound = await look();
    const took = performance.now() - began;
    if (state.isOver) return;
    if (bound) met(bound);
    else state.timer = setTimeout(() => void once(), Math.max(lookMs, took * rest));
  };
  state.timer = setTimeout(() => void once(), 0);
  return () => {
    state.isOver = true;
    clearTimeout(state.timer);
  };
}

function heldBound(first: number, { memoryBytes, processes }: TreeBounds): TreeBound | undefined {
  const held = measureTree(first, processes);
  if (held.isMore) return "processes";
  return held.memoryBytes > memoryBytes && exactMemory(held.pids) > memoryBytes ? "memory" : undefined;
}
