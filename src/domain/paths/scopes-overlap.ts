import { globsMeet } from "./globs-meet.ts";

/** Whether two declared scopes can mean the same path. An empty one is the whole repository, which overlaps with everything. */
export function scopesOverlap(one: string[], other: string[]): boolean {
  if (one.length === 0 || other.length === 0) return true;
  return one.some((a) => other.some((b) => globsMeet(a, b)));
}
