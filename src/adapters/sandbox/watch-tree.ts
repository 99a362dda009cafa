import type { TreeBounds } from "../../domain/limits.ts";
import type { TreeBound } from "../../ports/workshop.ts";
import { exactly, measureTree } from "./measure-tree.ts";
import { watchDisk } from "./watch-disk.ts";

/** How often a tree is looked at. A look takes well below a millisecond for a few processes; it never takes over. */
const LOOK_MS = 100;
const REST = 10;

/** The watch over what a tree holds: `met` resolves to the first bound that it meets, and to nothing else. */
export type TreeWatch = { met: Promise<TreeBound>; end(): void };

/** Watches a tree from its first process down; `end` MUST be called, for its timer. */
export function watchTree(first: number, order: { bounds: TreeBounds; writable: string[] }): TreeWatch {
  const { bounds, writable } = order;
  const disk = watchDisk(writable, bounds.diskBytes);
  const state: { timer?: NodeJS.Timeout; isOver: boolean } = { isOver: false };
  const met = new Promise<TreeBound>((resolve) => {
    const look = async (): Promise<void> => {
      const began = performance.now();
      const held = heldBound(first, bounds);
      const took = performance.now() - began;
      const bound = held ?? ((await disk.isOver()) ? "disk" : undefined);
      if (bound && !state.isOver) resolve(bound);
      else if (!state.isOver) state.timer = setTimeout(() => void look(), Math.max(LOOK_MS, took * REST));
    };
    state.timer = setTimeout(() => void look(), 0);
  });
  return {
    met,
    end: () => {
      state.isOver = true;
      clearTimeout(state.timer);
    },
  };
}

function heldBound(first: number, { memoryBytes, processes }: TreeBounds): TreeBound | undefined {
  const held = measureTree(first, processes);
  if (held.isMore) return "processes";
  return held.memoryBytes > memoryBytes && exactly(held.pids) > memoryBytes ? "memory" : undefined;
}
