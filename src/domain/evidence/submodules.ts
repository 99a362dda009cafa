import type { Base, Submodule } from "./change.ts";

type WithSubmodules = Pick<Base, "submodules">;

/** The submodules whose files are in every checkout. */
export function presentSubmodules({ submodules = [] }: WithSubmodules): Submodule[] {
  return submodules.filter(({ missing }) => missing === undefined);
}

/** The submodules whose files are in no checkout, each with the reason. */
export function missingSubmodules({ submodules = [] }: WithSubmodules): Required<Submodule>[] {
  return submodules.flatMap(({ missing, ...one }) => (missing === undefined ? [] : [{ ...one, missing }]));
}

/** The path of the submodule in which a path lies, of those whose files are in every checkout. */
export function submoduleOf(path: string, base: WithSubmodules): string | undefined {
  return presentSubmodules(base).findLast((one) => path.startsWith(`${one.path}/`))?.path;
}
