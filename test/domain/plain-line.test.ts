import { expect, test } from "@jest/globals";
import { plainLine } from "../../src/domain/text/plain-line.ts";

test.each([
  ["Fix the parser", "Fix the parser"],
  ["Fix it @ada, please", "Fix it (at)ada, please"],
  ["fixes #12 and o/r#13, GH-14", "fixes no. 12 and o/rno. 13, GH 14"],
  ["closes https://github.com/o/r/issues/1", "closes https: //github.com/o/r/issues/1"],
  ["[skip ci] tidy [ci skip] [no ci] [Skip Actions]", "(skip ci) tidy (ci skip) (no ci) (Skip Actions)"],
  ["one\r\ntwo\u2028three\u202Efour\u200B", "one two three four"],
  ["<!-- drafthorse:status 1/2/3 -->", "drafthorse:status 1/2/3"],
  ["C# and [types] stay", "C# and [types] stay"],
])("%j becomes %j", (text, line) => {
  expect(plainLine(text)).toBe(line);
});
