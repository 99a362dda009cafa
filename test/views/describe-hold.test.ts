import { expect, test } from "@jest/globals";
import type { Hold } from "../../src/domain/task/hold.ts";
import { describeHold } from "../../src/views/describe-hold.ts";

const holds: [Hold, RegExp][] = [
  [
    {
      kind: "configuration",
      problems: [
        { file: ".github/drafthorse.yml", line: 3, message: "`limit` is no key.", repair: "Write `limits`." },
      ],
    },
    /^\.github\/drafthorse\.yml, line 3: `limit` is no key\. Mend the file on the default branch: Write `limits`\. It goes on by itself\.$/,
  ],
  [{ kind: "repository", cause: "no\u202e route" }, /no\[U\+202E\] route A fetch that works/],
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
    /into main: 1 requirement missing\. A ruleset that requires/,
  ],
  [
    { kind: "recent-edit", by: "eve", at: "2026-11-21T10:00:00.000Z" },
    /^eve, who has no write access, edited the issue at 2026-11-21 10:00:00 UTC.*adds the label again\.$/,
  ],
];

test.each(holds)("%j says why and what releases it", (hold, words) => {
  const { why, releasedBy } = describeHold(hold);

  expect(`${why} ${releasedBy}`).toMatch(words);
});
