import { describe, expect, test } from "@jest/globals";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import { cleanHiddenText } from "../../src/brief/visible/clean-hidden-text.ts";
import { worstTexts } from "../fixtures/worst-texts.ts";

/** The words that no reader of the issue would have seen. */
const secret = "SECRET";

/** Each channel by which text can be in an issue unseen: `removed` means that nothing of it is left. */
const channels: [name: string, kind: string, text: string][] = [
  ["HTML comment", "comment", "a <!-- SECRET --> b"],
  ["comment over several lines", "comment", "a\n\n<!--\nSECRET\n\nSECRET\n-->\n\nb"],
  ["comment that is never closed", "unclosed", "a\n\n<!-- SECRET\n\nSECRET"],
  ["comment closed by --!>", "comment", "a\n\n<!-- SECRET --!>\nb\n-->"],
  ["comment opened in a list and never closed", "unclosed", "- a <b>x</b>\n- <!-- SECRET\n\nSECRET"],
  ["comment in a block of HTML", "comment", "<div>\n<!-- SECRET -->\nb</div>"],
  ["comment around an empty comment", "comment", "a <!--> b <!-- SECRET --> c"],
  ["declaration", "declaration", "a <!X SECRET> b"],
  ["processing instruction", "declaration", "a <?SECRET?> b"],
  ["CDATA", "declaration", "a <![CDATA[SECRET]]> b"],
  ["link definition", "definition", "a\n\n[//]: # (SECRET)"],
  ["link definition with a title", "definition", 'a [x]\n\n[x]: /u "SECRET"'],
  ["definition of an address in angle brackets", "definition", "a\n\n[x]: <SECRET>"],
  ["link title", "link-title", '[a](/u "SECRET")'],
  ["link address with blanks", "link-target", "[a](<SECRET SECRET>)"],
  ["link without words", "empty-link", "a [](SECRET) b"],
  ["label of a reference", "link-label", "[a][SECRET]\n\n[SECRET]: /u"],
  ["alternative text", "image", "a ![SECRET](/i.png)"],
  ["address of an image", "image", "a ![](SECRET)"],
  ["alternative text of HTML", "image", 'a <img src="/i.png" alt="SECRET">'],
  ["HTML attribute", "attribute", 'a <a title="SECRET">b</a>'],
  ["attribute with its quote in another", "attribute", '<div a"b c="x>SECRET">b</div>'],
  ["tag that is never closed", "unclosed", 'a\n\n<div title="SECRET\n\nSECRET'],
  ["unknown tag", "tag", "a <SECRET> b"],
  ["display:none", "hidden-element", 'a <span style="display:none">SECRET</span>'],
  ["display:none over blocks", "hidden-element", '<div style="display : none">\n\n- SECRET\n\n</div>\n\nb'],
  ["white words", "hidden-element", 'a <span style="color:#fff">SECRET</span>'],
  ["no size", "hidden-element", 'a <span style="font-size:0px">SECRET</span>'],
  ["hidden attribute", "hidden-element", "a <p hidden>SECRET</p>"],
  ["faked end of a hidden element", "hidden-element", "a <p hidden><!-- </p> -->SECRET</p>"],
  ["script", "hidden-element", "a <script>SECRET</script>"],
  ["template", "hidden-element", "a <template>SECRET</template>"],
  ["words for those without video", "hidden-element", "a <video>SECRET</video>"],
  ["footnote without mention", "footnote", "a\n\n[^n]: SECRET"],
  ["footnote that only mentions itself", "footnote", "a\n\n[^n]: SECRET [^n]"],
  ["hidden element begun in an unseen footnote", "footnote", "a\n\n[^n]: SECRET <b hidden>\n\nSECRET"],
  ["cell beyond the table", "table-cell", "| a |\n|---|\n| x | SECRET |"],
  ["words behind a fence", "fence-info", "```js SECRET\nb\n```"],
  ["language that is none", "fence-info", "```SECRET-language-with-instructions\nb\n```"],
  [
    "hidden within hidden",
    "comment",
    "a <!-<!-- x -->- SECRET --> <!-- SECRET -->".replace("- SECRET --> ", ""),
  ],
];

describe("a hidden channel", () => {
  test("is one of at least 22", () => {
    expect(channels.length).toBeGreaterThanOrEqual(22);
  });

  test.each(channels)("%s is removed and named", (_, kind, text) => {
    const cleaned = cleanHiddenText(text);

    expect(cleaned.text).not.toContain(secret);
    expect(cleaned.hidden.map((one) => one.kind)).toContain(kind);
    expect(cleaned.text.split("\n").length).toBe(text.split("\n").length);
  });

  test.each([
    {
      name: "folded part",
      kind: "collapsed",
      text: "<details><summary>More</summary>\n\nSECRET\n\n</details>",
    },
    { name: "drawn diagram", kind: "diagram", text: "```mermaid\n%% SECRET\n```" },
    { name: "formula", kind: "math", text: "a $\\phantom{SECRET}$" },
    { name: "coloured formula", kind: "math", text: "a $\\color{white}{SECRET}$" },
  ])("$name is shown and named", ({ kind, text }) => {
    const cleaned = cleanHiddenText(text);

    expect(cleaned.text).toContain(secret);
    expect(cleaned.hidden).toEqual([expect.objectContaining({ kind, shown: true })]);
  });

  test("folded part stands between marks", () => {
    const { text } = cleanHiddenText("<details>\n\nx\n\n</details>");

    expect(text).toBe("[folded away on GitHub:]\n\nx\n\n[end of the folded part]");
  });

  test.each([
    ["code", "`<!-- a -->`"],
    ["a fence", '```\n<!-- a --> [x]: /u "t"\n```'],
    ["indented code", "a\n\n    <!-- a -->"],
    ["generics", "`Map<string, Foo>` and a < b"],
    ["an arrow", "a --> b"],
    ["a link", "[a](https://example.org/x)"],
    ["an address", "<https://example.org/x>"],
    ["a checklist", "- [ ] a\n- [x] b"],
    ["an emoji of several", "👩🏽‍💻 ❤️‍🔥 1️⃣ ☺️"],
  ])("is not seen in %s", (_, text) => {
    expect(cleanHiddenText(text)).toEqual({ text, hidden: [] });
  });

  test("in Markdown is looked for as a reader sees it, not as it would be without inkless characters", () => {
    expect(cleanHiddenText("a <!-- x -\u200b-> SECRET --> b").text).not.toContain(secret);
  });

  test("leaves the lines where they were", () => {
    const text = "one\n\n<!--\nx\n-->\n\n### Goal\r\n\r\nGoal <b\ntitle='x'>here</b>\nlast";

    expect(cleanHiddenText(text).text.split("\n").indexOf("last")).toBe(10);
  });
});

/** Cleans lines as some texts: one for each line would cost thousands of parses. */
function cleanLines(lines: string[]): string[] {
  const starts = lines.map((_, at) => at).filter((at) => at % 50 === 0);
  const texts = starts.map((at) => lines.slice(at, at + 50).join("\n"));
  return texts.flatMap((text) => cleanHiddenText(text).text.split("\n"));
}

describe("code points without ink", () => {
  const all = Array.from({ length: 0x11_0000 }, (_, code) => code)
    .filter((code) => code < 0xd800 || code > 0xdfff)
    .map((code) => String.fromCodePoint(code))
    .filter((char) => /\p{Default_Ignorable_Code_Point}|\p{Bidi_Control}/u.test(char));

  test("are all dropped, and named with their line", () => {
    const lines = cleanLines(all.map((char) => `a${char}b`));

    expect(all.length).toBeGreaterThan(4_000);
    expect(lines).toEqual(all.map(() => "ab"));
    expect(cleanHiddenText("x\na\u200bb").hidden).toEqual([
      { kind: "invisible", line: 2, shown: false, excerpt: "U+200B" },
    ]);
  });

  test("are dropped where they are written as references", () => {
    const written = all.map((char) => `a&#${char.codePointAt(0)};b&#x${char.codePointAt(0)?.toString(16)};c`);
    const lines = cleanLines(written).map((line) => line.replace(/ /g, ""));

    expect(lines).toEqual(written.map(() => "abc"));
    expect(cleanHiddenText("a&ZeroWidthSpace;b&shy;c").text.replace(/ /g, "")).toBe("abc");
  });
});

/** How long they take is measured by `npm run bench -- brief`. */
describe("worst cases", () => {
  test.each(worstTexts)("%j is answered, far beyond the bounds and just below them", (pattern) => {
    const beyond = pattern.repeat((256 * 1024) / pattern.length);
    const below = [62_000, 31_000, 15_000, 7_000, 3_000, 1_000, 400, 100, 10]
      .map((size) => `### Goal\n\n${pattern.repeat(size / pattern.length)}`)
      .find((text) => cleanHiddenText(text).tangle === undefined);

    expect(parseBrief(beyond)).toHaveProperty("problems");
    expect(parseBrief(below ?? "")).toHaveProperty("problems");
    expect(below).toBeDefined();
  });
});
