import { describe, expect, test } from "@jest/globals";
import { checkHiddenText, findHiddenText } from "../../src/proof/checks/text/check-hidden-text.ts";

const file = { path: "a.js", before: null, after: null };
const find = (after: string, before = "") => findHiddenText({ file, before, after });

test.each([
  ["a bidi override", "if (a\u202e) {", "U+202E"],
  ["an isolate", "x\u2066y", "U+2066"],
  ["a tag character", `say\u{e0041}\u{e0042}`, "U+E0041, U+E0042"],
  ["a variation selector", "a\ufe01", "U+FE01"],
  ["a supplementary selector", `a\u{e0100}`, "U+E0100"],
  ["a zero-width space", "pass\u200bword", "U+200B"],
  ["a joiner in Latin", "pass\u200dword", "U+200D"],
  ["a Hangul filler", "const \u3164 = 1", "U+3164"],
  ["a byte order mark inside", "a\ufeffb", "U+FEFF"],
  ["a soft hyphen", "a\u00adb", "U+00AD"],
])("%s is seen", (_, line, named) => {
  expect(find(`first\n${line}\n`)).toEqual([{ path: "a.js", line: 2, message: `hidden: ${named}` }]);
  expect(checkHiddenText(find(line)).status).toBe("attention");
});

test.each([
  ["a Cyrillic letter in a Latin name", "const \u0455cope = 1;", "“\u0455cope” has U+0455"],
  ["a Greek capital in a Latin name", "isΑdmin()", "“isΑdmin” has U+0391"],
])("%s is told with the letter", (_, line, named) => {
  const message = expect.stringContaining(named);
  expect(find(`first\n${line}\n`)).toEqual([{ path: "a.js", line: 2, message }]);
  expect(findHiddenText({ file: { ...file, path: "a.md" }, before: "", after: line })).toEqual([]);
});

test.each([
  ["a name of one script beside another", 'const имя = "name"; // Δx, μs, HTMLка'],
  ["an emoji of several parts", "👩‍🚀 and ❤️ and 1️⃣"],
  ["a mark at the very beginning", "\ufeffusing System;"],
  ["a joiner in Persian", "می‌خواهم"],
  ["a joiner in Hindi", "क्‍ष"],
  ["plain text of other scripts", "Привет, 世界, שלום"],
])("%s is none", (_, line) => {
  expect(find(line)).toEqual([]);
});

test("what the base says already is not new, wherever it stands now", () => {
  expect(find("new\na\u200bb\n", "a\u200bb\n")).toEqual([]);
  expect(checkHiddenText([]).status).toBe("pass");
});

const named = (path: string, isNew = true) => {
  const side = { mode: "100644", id: "0".repeat(40), bytes: 1 };
  return findHiddenText({
    file: { path, before: isNew ? null : side, after: side },
    before: undefined,
    after: undefined,
  });
};

describe("the name of a new file", () => {
  test.each([
    ["a line break", "src/a.ts\nREADME.md", "a line break or control character in the file's name: U+000A"],
    ["a carriage return", "src/a\r.ts", "a line break or control character in the file's name: U+000D"],
    ["a line separator", "src/a\u2028.ts", "a line break or control character in the file's name: U+2028"],
    ["an escape", "src/\u001b[2Ka.ts", "a control character in the file's name: U+001B"],
    ["a backspace in a folder", "src\b/a.ts", "a control character in the file's name: U+0008"],
    ["a delete", "a\u007f.ts", "a control character in the file's name: U+007F"],
    ["a control of the second row", "a\u009b.ts", "a control character in the file's name: U+009B"],
    ["a bidirectional override", "src/a\u202est.txt", "hidden in the file's name: U+202E"],
    ["an isolate", "\u2066a\u2069.js", "hidden in the file's name: U+2066, U+2069"],
    ["a zero-width space", "src/pass\u200bword.ts", "hidden in the file's name: U+200B"],
    ["a byte order mark", "\ufeffa.ts", "hidden in the file's name: U+FEFF"],
    ["a tag character", "a\u{e0041}.ts", "hidden in the file's name: U+E0041"],
    ["a Cyrillic letter", "src/\u0430pp.ts", "the file's name reads as another: “\u0430pp” has U+0430"],
    [
      "a Greek letter in prose",
      "READ\u039cE.md",
      "the file's name reads as another: “READ\u039cE” has U+039C",
    ],
    ["a slash of fractions", "src\u2044a.ts", "a sign in the file's name that passes for another: U+2044"],
    ["a full-width dot", "a\uff0ets", "a sign in the file's name that passes for another: U+FF0E"],
    [
      "a blank that does not break",
      "read\u00a0me.md",
      "a sign in the file's name that passes for another: U+00A0",
    ],
    ["a minus sign", "a\u2212b.ts", "a sign in the file's name that passes for another: U+2212"],
  ])("with %s is a finding", (_, path, message) => {
    expect(named(path)).toEqual([{ path, message }]);
    expect(checkHiddenText(named(path)).line).toBe(
      "1 name of a file has characters that nobody sees, takes for others, or that reorder what is seen",
    );
    expect(named(path, false)).toEqual([]);
  });

  test.each([
    "src/a-b_c.test.ts",
    "docs/Привет.md",
    "docs/読む.md",
    "docs/café (2).md",
    "a/[slug]/$id.tsx",
    "docs/🚀 start.md",
    "docs/❤️.md",
    "fa/می‌خواهم.md",
    "docs/2020–2021.md",
  ])("%s is none", (path) => {
    expect(named(path)).toEqual([]);
  });

  test("of a file that goes is none", () => {
    const before = { mode: "100644", id: "0".repeat(40) };
    const file = { path: "a\nb", before, after: null };

    expect(findHiddenText({ file, before: "", after: undefined })).toEqual([]);
  });
});
