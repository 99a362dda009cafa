import { readSuite } from "../weakened-tests/read-suite.ts";
import type { Suite } from "../weakened-tests/suite.ts";
import type { Breakable } from "./breakable.ts";
import { findInLines } from "./find-in-lines.ts";
import { findInTree } from "./find-in-tree.ts";

/** The assertions of one side of a file, and its tests as far as they are read from a tree. */
export type Breakables = { found: Breakable[]; suite: Suite | undefined };

const none: Breakables = { found: [], suite: undefined };

/** Finds the assertions of a test file, whatever its language; none where the file holds no tests or cannot be read. */
export function findBreakables(path: string, text: string | undefined): Breakables {
  const suite = text === undefined || text === "" ? undefined : readSuite(path, text);
  if (text === undefined || typeof suite !== "object") return none;
  const inLines = findInLines(path, text);
  return inLines ? { found: inLines, suite: undefined } : { found: findInTree(suite, { path, text }), suite };
}
