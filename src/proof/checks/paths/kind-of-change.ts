import type { ChangedFile } from "../../../domain/evidence/change.ts";

type ModeSide = { mode: string } | null;

/** Whether a side of a change is a symbolic link. */
export function isLink(side: ModeSide): boolean {
  return side?.mode === "120000";
}

/** Whether a side of a change is a commit of another repository. */
export function isSubmodule(side: ModeSide): boolean {
  return side?.mode === "160000";
}

/** Whether a file is what it was, of another mode. */
export function isModeChange({ before, after }: ChangedFile): boolean {
  return before !== null && after !== null && before.mode !== after.mode;
}
