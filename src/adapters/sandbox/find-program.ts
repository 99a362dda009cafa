import { accessSync, constants, realpathSync, statSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";

/** The file that a command's name stands for, or undefined if the command could not see or execute it. */
export function findProgram(
  name: string,
  where: { path: string; directory: string; visible: string[] },
): string | undefined {
  const candidates = name.includes("/")
    ? [resolve(where.directory, name)]
    : where.path.split(":").map((directory) => join(directory, name));
  return candidates.find((candidate) => isProgram(candidate, where.visible));
}

function isProgram(candidate: string, visible: string[]): boolean {
  try {
    accessSync(candidate, constants.X_OK);
    const file = realpathSync(candidate);
    return statSync(file).isFile() && visible.some((root) => isVisibleUnder(file, root));
  } catch {
    return false;
  }
}

/** A root that is a link, such as `/bin`, counts as the directory that it leads to. */
function isVisibleUnder(file: string, root: string): boolean {
  const way = relative(realpathSync(root), file);
  return way === "" || (way !== ".." && !way.startsWith("../") && !isAbsolute(way));
}
