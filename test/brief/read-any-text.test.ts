import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { renderBrief } from "../../src/brief/answer/render-brief.ts";
import { renderCorrected, renderProblems } from "../../src/brief/answer/render-problems.ts";
import { renderUnderstood } from "../../src/brief/answer/render-understood.ts";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import { cleanHiddenText } from "../../src/brief/visible/clean-hidden-text.ts";
import { caseCount } from "../support/cases.ts";

/** 100,000 by hand: `BRIEF_CASES=100000 npm test -- read-any-text`. */
const cases = Number(process.env.BRIEF_CASES ?? caseCount(400));

const tokens = [
  ..."[ ] ![ ]( ) a b * _ ` `` ``` ~~~ < > | \\ & # $ @x #1 - + 1. AC-1: ! : = \" '".split(" "),
  ...[
    "\n",
    "\n\n",
    " ",
    "    ",
    "\t",
    "- ",
    "> ",
    "- [ ] ",
    "|-|\n",
    "<!--",
    "-->",
    "--!>",
    "<?",
    "<b hidden>",
    "</b>",
  ],
  ...[
    "<div\n",
    "<script>",
    "</script>",
    "<details>",
    "</details>",
    "[^a]",
    "\n[^a]: n",
    '\n[a]: /u "t"',
    "&#8203;",
  ],
  ...[
    "\u200b",
    "\ufe0f",
    "\u200d",
    "❤",
    "\u202e",
    "\r\n",
    "\0",
    "\ud800",
    "https://a.b",
    "```js x\n",
    "\\\n",
    "TODO:",
  ],
  ...[
    "reviewer: @a",
    "ask: ci",
    "src/**",
    "`db/x y`",
    "none",
    "\n#### x\n",
    "\n##### y\n",
    "**Goal**",
    "{a,b}",
    "AC-1. ",
  ],
  ...[
    "\n**Goal:** x\n",
    "\n**Files**\n",
    "\n### Gоal\n",
    "\nGoal: x\n",
    "\n### 1. Files ✅\n",
    "\n| a |\n|-|\n| b |\n",
  ],
  ...[
    "“",
    "–",
    "reviewers:\n",
    "Reviewer @a",
    "\nask:\n- ci",
    "src\\a",
    "src/a:1",
    "everything",
    "\n```shell\n",
    "$ x",
  ],
];

const soup = fc.array(fc.constantFrom(...tokens), { maxLength: 14 }).map((parts) => parts.join(""));
const text = fc.oneof(soup, fc.string({ unit: "binary", maxLength: 60 }), fc.string({ maxLength: 60 }));

/** Bodies that are complete more often than not, so that something is left to be rendered. */
const body = fc
  .record({
    goal: text,
    non: text,
    done: text,
    more: text,
    bound: soup,
    scope: text,
    deps: text,
    command: text,
  })
  .map(({ goal, non, done, more, bound, scope, deps, command }) =>
    [
      ["Goal", `The goal is this. ${goal}`],
      ["Non-goals", `- one ${non}\n${more}`],
      [
        "Validation command",
        `\`\`\`\`\`\`\nnpm test ${command.replace(/[\n\r;&|<>()`"'$#\\{}]/g, "")}\n\`\`\`\`\`\``,
      ],
      ["Done when", `- ${done}\n- [ ] ${non}\n  - ${more}\n\n${done}`],
      [
        "Approval boundary",
        `reviewer: @alice\n${bound.includes("ask") ? `never: ${bound.slice(4, 12)}.x` : ""}`,
      ],
      ["Files", scope.includes("src") ? scope : ""],
      ["Constraints", `${more}\n\n- ${scope}`],
      ["Dependencies", deps.length % 5 === 0 ? deps : ""],
    ]
      .map(([heading, value]) => `### ${heading}\n\n${value}\n`)
      .join("\n"),
  );

describe("any text", () => {
  test("is parsed without throwing, and answered", () => {
    fc.assert(
      fc.property(fc.oneof(text, body), (markdown) => {
        const parsed = parseBrief(markdown);
        if ("problems" in parsed) {
          expect(parsed.problems.length).toBeGreaterThan(0);
          renderProblems(parsed);
        } else renderUnderstood(parsed);
      }),
      { numRuns: cases },
    );
  });

  test("that is a brief is the same brief when it is rendered and read again", () => {
    let complete = 0;
    fc.assert(
      fc.property(body, (markdown) => {
        const parsed = parseBrief(markdown);
        if (!("brief" in parsed)) return;
        complete++;
        const again = parseBrief(renderBrief(parsed.brief));
        expect("brief" in again ? again.brief : again.problems).toEqual(parsed.brief);
      }),
      { numRuns: cases },
    );
    expect(complete).toBeGreaterThan(cases / 10);
  });

  test("that is no brief is answered by one that is, once its blanks are filled in", () => {
    fc.assert(
      fc.property(fc.oneof(text, body), (markdown) => {
        const parsed = parseBrief(markdown);
        if ("brief" in parsed) return;
        const proposed = renderCorrected(parsed.problems, parsed.partial);
        const again = parseBrief(proposed.replaceAll("TODO: ", ""));
        expect("brief" in again ? [] : again.problems).toEqual([]);
      }),
      { numRuns: cases / 4 },
    );
  });

  test("is clean once it was cleaned, line for line", () => {
    fc.assert(
      fc.property(fc.oneof(text, body), (markdown) => {
        const once = cleanHiddenText(markdown);
        if (once.tangle || once.hidden.some(({ kind }) => kind === "nested")) return;
        const twice = cleanHiddenText(once.text);
        expect(twice.hidden.filter(({ shown }) => !shown)).toEqual([]);
        expect(twice.text).toBe(once.text);
        expect(once.text.split("\n").length).toBe(markdown.split(/\r\n?|\n/).length);
      }),
      { numRuns: cases },
    );
  });
});
