import type { ObjectId } from "../domain/evidence/change.ts";

/** From which commit to which the branch moved after the evidence was made; undefined where it did not. */
export type Pushed = { from: ObjectId; to: ObjectId } | undefined;

/** That what stands below is about an older commit, and where what was pushed since can be read. */
export function renderStale(pushed: Pushed): string[] {
  if (!pushed) return [];
  const { from, to } = pushed;
  return [
    `⚠️ **Somebody pushed after this was measured.** What stands here is about ${from}; nothing of [what was pushed since](../compare/${from}...${to}) was measured.`,
  ];
}
