import type { Brief } from "../domain/task/brief.ts";

/** Folders that a brief points to: those that its command enters, and all that it or the scope names. */
export type NamedFolders = { entered: string[]; named: string[] };

/** More folders are not looked at for one brief. */
const most = 12;
/** Manifests lie no deeper, in folders. */
const deepest = 3;

/** `cd web`, `npm --prefix web`, `make -C web`, `pnpm --dir web`, `yarn --cwd web`. */
const entering = /(?:^|[\s;&|(])(?:cd|--prefix|-C|--dir|--cwd)[\s=]+["']?([^\s;&|()"']+)/g;

/** A path that is safe as a word of a shell, and stays inside. */
const plain = /^[\w@][\w@.-]*(?:\/[\w@][\w@.-]*)*$/;

/** The folders that a brief points to, outer ones first; a word that names none is looked for in vain. */
export function namedFolders({ validation, scope }: Pick<Brief, "validation" | "scope">): NamedFolders {
  const entered = [...validation.matchAll(entering)].map(([, path = ""]) => path);
  const words = validation.split(/[\s;&|()"'=]+/).filter((word) => !word.startsWith("-"));
  const globs = scope.map((glob) => /^[^*?[{]*/.exec(glob)?.[0] ?? "");
  return { entered: withParents(entered), named: withParents([...entered, ...globs, ...words]) };
}

function withParents(paths: string[]): string[] {
  const tidy = paths.map((path) => path.replace(/^(?:\.\/)+/, "").replace(/\/+$/, ""));
  const all = tidy.filter((path) => plain.test(path)).flatMap(parents);
  return [...new Set(all)].slice(0, most);
}

/** `a/b` lies in `a`: the outer one comes first, since a workspace installs for all that is in it. */
function parents(path: string): string[] {
  const parts = path.split("/").slice(0, deepest);
  return parts.map((_, at) => parts.slice(0, at + 1).join("/"));
}
