import type { Base, Submodule } from "./change.ts";

type Known = Pick<Base, "submodules">;

/** The submodules whose files are in every checkout. */
export function presentSubmodules({ submodules = [] }: Known): Submodule[] {
  return submodules.filter(({ missing }) => missing === undefined);
}

/** The submodules whose files are in no checkout, each with the reason. */
export function missingSubmodules({ submodules = [] }: Known): Required<Submodule>[] {
  return submodules.flatMap(({ missing, ...one }) => (missing === undefined ? [] : [{ ...one, missing }]));
}

/** The path of the submodule in which a path lies, of those whose files are in every checkout. */
export function submoduleOf(path: string, base: Known): string | undefined {
  return presentSubmodules(base).findLast((one) => path.startsWith(`${one.path}/`))?.path;
}
