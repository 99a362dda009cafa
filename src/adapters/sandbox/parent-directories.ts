import { dirname } from "node:path";

/**
 * bwrap's arguments for the directories above a path: left to itself, it would close them to others where the path
 * itself is closed.
 */
export function parentDirectories(path: string): string[] {
  const parent = dirname(path);
  return parent === "/" ? [] : [...parentDirectories(parent), "--dir", parent];
}
