import type { ObjectId } from "../domain/evidence/change.ts";
import type { PushedHead } from "../domain/task/pushed-head.ts";
import { renderMeasuring } from "./render-pushed.ts";

/** From which commit to which the branch moved after the evidence was made; undefined where it did not. */
export type Pushed = { from: ObjectId; to: ObjectId } | undefined;

/** That what stands below is about an older commit, where what was pushed since can be read, and what becomes of it. */
export function renderStale({ from, to }: NonNullable<Pushed>, head: PushedHead | undefined): string[] {
  return [
    `⚠️ **Somebody pushed after this was measured.** What stands here is about ${from}; [what was pushed since](../compare/${from}...${to}) ${renderMeasuring(head)}`,
  ];
}
