import { defaultTreeLimits, type TreeBounds, treeBounds } from "../../domain/rules/limits.ts";
import type { Confined, TreeBound } from "../../ports/workshop.ts";
import type { Launch } from "./launch.ts";
import { namelessFiles } from "./nameless-files.ts";
import { type ProcessTree, startTree } from "./process-tree.ts";
import { watchDisk } from "./watch-disk.ts";
import { watchTree } from "./watch-tree.ts";

/** A running tree, and the bound that it meets by what it holds: undefined if it ends without. */
export type ConfinedTree = ProcessTree & { met: Promise<TreeBound | undefined> };

/** Starts a launch and watches what its tree holds; a sentence where the system refuses it. */
export function startConfined(
  launch: Launch,
  how: { stdin: "ignore" | "pipe"; command: Confined; bounds: TreeBounds },
): ConfinedTree | string {
  const tree = startTree(launch, how.stdin);
  if (typeof tree === "string") return tree;
  const { pid } = tree.child;
  if (pid === undefined) return { ...tree, met: tree.ended.then(() => undefined) };
  const disk = watchDisk(how.command.writable, {
    bound: how.bounds.diskBytes,
    nameless: () => namelessFiles(pid),
  });
  const watch = watchTree(pid, { bounds: how.bounds, disk });
  const met = Promise.race([watch.met, tree.ended.then(() => undefined)]);
  void tree.ended.then(watch.end);
  return { ...tree, met };
}

/** All bounds of a tree: those that were given, and the defaults for the rest. */
export function withDefaults({ memoryBytes, processes, diskBytes }: Partial<TreeBounds>): TreeBounds {
  const usual = treeBounds(defaultTreeLimits);
  return {
    memoryBytes: memoryBytes ?? usual.memoryBytes,
    processes: processes ?? usual.processes,
    diskBytes: diskBytes ?? usual.diskBytes,
  };
}
