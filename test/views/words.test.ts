import { describe, expect, test } from "@jest/globals";
import { filterAddress, parseFilter } from "../../src/views/parse-filter.ts";
import { shownLine, shownText } from "../../src/views/shown-text.ts";
import { agoInWords, durationInWords } from "../../src/views/times.ts";

describe("times in words", () => {
  test.each([
    [0, "0 ms"],
    [-5, "0 ms"],
    [999, "999 ms"],
    [1_000, "1.0 s"],
    [59_400, "59 s"],
    [60_000, "1 min"],
    [92_000, "1 min 32 s"],
    [3_600_000, "1 h"],
    [7_500_000, "2 h 5 min"],
    [86_400_000, "1 day"],
    [200_000_000, "2 days 7 h"],
  ])("%d ms is %s", (ms, words) => expect(durationInWords(ms)).toBe(words));

  test.each([
    ["2026-11-21T11:59:30.000Z", "just now"],
    ["2026-11-21T12:00:30.000Z", "just now"],
    ["2026-11-21T11:59:00.000Z", "1 minute ago"],
    ["2026-11-21T10:59:00.000Z", "1 hour ago"],
    ["2026-11-19T11:00:00.000Z", "2 days ago"],
    ["not a time", "at an unknown time"],
  ])("%s was %s", (at, words) => expect(agoInWords(at, new Date("2026-11-21T12:00:00.000Z"))).toBe(words));
});

describe("text of others, as it is shown", () => {
  test.each([
    ["a\r\n b\t c", "a b c"],
    ["pass\u202eed", "pass[U+202E]ed"],
    ["x".repeat(400), `${"x".repeat(300)}…`],
  ])("%j is the line %j", (text, shown) => expect(shownLine(text)).toBe(shown));

  test.each([
    ["\u001b[31mred\u001b[0m\r\nnext", "red\nnext"],
    ["\u001b]8;;https://evil.example\u0007link\u001b]8;;\u0007", "link"],
    ["\u001b]0;title", ""],
    ["bell \u0007", "bell [U+0007]"],
  ])("%j is the text %j", (text, shown) => expect(shownText(text)).toBe(shown));
});

test.each(["/", "/?show=held", "/?show=review&repository=acme%2Fshop&q=a+b&page=3"])(
  "%s is the address of what it is read as",
  (address) => {
    expect(filterAddress(parseFilter(new URL(address, "http://x").searchParams))).toBe(address);
  },
);
