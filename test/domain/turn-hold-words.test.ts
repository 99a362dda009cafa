import { expect, test } from "@jest/globals";
import type { TurnHold } from "../../src/domain/task/hold.ts";
import { turnHoldWords } from "../../src/domain/task/turn-hold-words.ts";

test.each<[TurnHold, string, string]>([
  [{ kind: "overlap", issue: 12 }, "#12 can mean the same files", "none opened"],
  [{ kind: "overlap", issue: 12, pullRequest: 15 }, "the earlier goes first", "closing or merging #15"],
  [{ kind: "depends-on", issues: [3] }, "depends on #3, which is open", "closing #3"],
  [{ kind: "depends-on", issues: [3, 4, 9] }, "#3, #4 and #9, which are open", "closing #3, #4 and #9"],
  [{ kind: "review-limit", limit: 10 }, "10 pull requests", "closing or merging one"],
  [{ kind: "concurrency", of: "worker" }, "every worker is busy", "a worker that becomes free"],
  [{ kind: "concurrency", of: "repository", limit: 2 }, "`limits.concurrent`", "the end of one"],
  [{ kind: "concurrency", of: "installation", limit: 4 }, "for this account", "the end of one"],
  [
    { kind: "daily-budget", limitUsd: 50, until: "2026-11-29T00:00:00.000Z" },
    "the $50 of this day",
    "from 2026-11-29 00:00 UTC",
  ],
])("%j says why, and what releases it", (hold, why, releasedBy) => {
  expect(turnHoldWords(hold)).toEqual({
    why: expect.stringContaining(why),
    releasedBy: expect.stringContaining(releasedBy),
  });
});
