import { expect, test } from "@jest/globals";
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
