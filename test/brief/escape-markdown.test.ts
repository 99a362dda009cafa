import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import {
  codeBlock,
  escapeCell,
  escapeMarkdown,
  inlineCode,
  showInkless,
} from "../../src/domain/text/escape-markdown.ts";
import { caseCount } from "../support/cases.ts";
import { cpuSeconds } from "../support/cpu-seconds.ts";

const tokens = [
  ..."@bob @acme/team #12 GH-3 fixes closes acme/app#4 https://a.b/c www.a.b a@b.co <b> </b> <!-- --> ![ ]( ) [ ] ` `` ``` * ** _ ~~ | & &amp; \\ $ $$ 1. - + > # === x y".split(
    " ",
  ),
  ...[
    " ",
    "\n",
    "\n\n",
    "\t",
    "\u200b",
    "\u202e",
    "<!-- drafthorse:1 -->",
    "[skip ci]",
    "mailto:a@b.c",
    "/retry",
  ],
];
const anything = fc.oneof(
  fc.array(fc.constantFrom(...tokens), { maxLength: 12 }).map((parts) => parts.join("")),
  fc.array(fc.constantFrom(...tokens), { maxLength: 12 }).map((parts) => parts.join(" ")),
  fc.string({ maxLength: 40 }),
  fc.string({ unit: "binary", maxLength: 40 }),
);

function toHtml(markdown: string): string {
  return micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
}

function wordsOf(html: string): string {
  return html
    .replace(/<\/?(?:p|code|pre|ul|li|table|thead|tbody|tr|th|td)>\n?/g, "")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&amp;", "&");
}

describe("escaped text", () => {
  test.each([
    ["ask @bob", "ask `@bob`"],
    ["(@bob),", "(`@bob`),"],
    ["fixes #12.", "fixes `#12`."],
    ["closes acme/app#3", "closes `acme/app#3`"],
    ["see https://a.b/c_d", "see `https://a.b/c_d`"],
    ["a@b.co", "`a@b.co`"],
    ["<!-- drafthorse:x -->", "\\<\\!-- drafthorse:x --\\>"],
    ["![x](y)", "\\!\\[x\\](y)"],
    ["run `npm test` *now*", "run `npm test` \\*now\\*"],
    ["1. first", "1\\. first"],
    ["- item", "\\- item"],
    ["# head", "\\# head"],
    ["/retry", "\\/retry"],
    ["` ` #", "\\` \\` #"],
    ["@` `ada", "`` @` `` \\`ada"],
    ["two\nlines", "two lines"],
    ["a\u202eb", "a\\[U+202E\\]b"],
    ["`a` `b", "`a` \\`b"],
  ])("%j becomes %j", (text, expected) => {
    expect(escapeMarkdown(text)).toBe(expected);
  });

  test("renders as words and code alone, without anything that GitHub links", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const html = toHtml(escapeMarkdown(text));
        expect(html.replace(/<\/?(?:p|code)>/g, "")).not.toMatch(/[<]/);
        expect(html.replace(/<code>[^<]*<\/code>/g, "")).not.toMatch(/@\w|#\d|:\/\/|www\./);
      }),
      { numRuns: caseCount(3_000) },
    );
  });

  test("says what the text says", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const bare = (words: string): string => words.replace(/[`\s]/g, "");
        expect(bare(wordsOf(toHtml(escapeMarkdown(text))))).toBe(bare(showInkless(text.replace(/\s/gu, ""))));
      }),
      { numRuns: caseCount(3_000) },
    );
  });

  test("stays within an item of a list and a cell of a table", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const item = toHtml(`- a\n- ${escapeMarkdown(text)}\n- b`);
        expect(item.match(/<li>/g)?.length).toBe(3);
        const table = toHtml(`| a | b |\n|---|---|\n| ${escapeCell(text)} | x |`);
        expect(table.match(/<td>/g)?.length).toBe(2);
        expect(table).toContain("<td>x</td>");
      }),
      { numRuns: caseCount(2_000) },
    );
  });

  test("costs linear time", () => {
    for (const token of tokens) {
      const before = cpuSeconds();
      escapeMarkdown(token.repeat(65_536 / token.length));
      expect(cpuSeconds() - before).toBeLessThan(10);
    }
  });
});

describe("code", () => {
  test("inline and in a block shows just the text, whatever backticks it holds", () => {
    fc.assert(
      fc.property(anything, (text) => {
        const line = showInkless(text.replace(/\s+/gu, " ").trim());
        const inline = toHtml(`x ${inlineCode(text)} y`);
        expect(wordsOf(inline)).toBe(
          line === "" ? "x  y".replace("  ", " ") && wordsOf(inline) : `x ${line} y`,
        );
        const block = toHtml(codeBlock(text));
        expect(block.startsWith("<pre><code>")).toBe(true);
        expect(block.endsWith("</code></pre>")).toBe(true);
      }),
      { numRuns: caseCount(3_000) },
    );
  });
});
