import { expect, test } from "@jest/globals";
import type { Hold } from "../../src/domain/task/hold.ts";
import { renderHold } from "../../src/publish/render-hold.ts";
import { describeHold } from "../../src/views/describe-hold.ts";

const holds: [Hold, RegExp][] = [
  [
    {
      kind: "configuration",
      problems: [
        { file: ".github/drafthorse.yml", line: 3, message: "`limit` is no key.", repair: "Write `limits`." },
      ],
    },
    /^`\.github\/drafthorse\.yml` on the default branch cannot be used, so nothing is started: line 3: `limit` is no key\. Mending the file there; it then goes on by itself\. Write `limits`\.$/,
  ],
  [{ kind: "repository", cause: "no\u202e route" }, /fetched: no\[U\+202E\] route\. A fetch that works/],
  [
    {
      kind: "protection",
      protection: {
        branch: "main",
        isDefault: true,
        app: 1,
        gaps: [{ kind: "reviews", measured: true }],
        workflows: [],
      },
    },
    /into `main` without a review: 1 requirement missing\. Rules of GitHub that require/,
  ],
  [
    { kind: "recent-edit", by: "eve", at: "2026-11-21T10:00:00.000Z" },
    /^The text was edited by `eve`, who has no write access, at 2026-11-21 10:00 UTC.*adds the label again\.$/,
  ],
];

test.each(holds)("%j is told in the words of the comment", (hold) => {
  const comment = renderHold(hold, "agent-task");

  for (const words of Object.values(describeHold(hold))) expect(comment).toContain(words.slice(1, 30));
});

test.each(holds)("%j says why and what releases it", (hold, words) => {
  const { why, releasedBy } = describeHold(hold);

  expect(`${why} ${releasedBy}`).toMatch(words);
});
