import { expect, test } from "@jest/globals";
import { parseBrief } from "../../src/brief/parse-brief.ts";
import { parseOnce } from "../../src/brief/parse-once.ts";

test("a text that is asked for again is not parsed again, and old texts are forgotten", () => {
  const text = "### Goal\n\nMend it.";
  const first = parseOnce(text);

  expect(first).toEqual(parseBrief(text));
  expect(parseOnce(text)).toBe(first);
  for (let other = 0; other < 16; other++) parseOnce(`### Goal\n\nMend it ${other}.`);
  expect(parseOnce(text)).not.toBe(first);
});
