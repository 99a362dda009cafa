import { expect, test } from "@jest/globals";
import { parseSlashCommand } from "../../src/intake/parse-slash-command.ts";

test.each([
  ["/retry", { name: "retry", words: "" }],
  ["/retry make it shorter", { name: "retry", words: "make it shorter" }],
  ["\n\n  /retry make it\nshorter\n", { name: "retry", words: "make it\nshorter" }],
  ["\r\n/RETRY now", { name: "retry", words: "now" }],
  ["/cancel", { name: "cancel", words: "" }],
  ["/approve dependencies", { name: "approve", words: "dependencies" }],
  ["/status please", { name: "status", words: "please" }],
])("%j is a command", (comment, command) => {
  expect(parseSlashCommand(comment)).toEqual(command);
});

test.each([
  [""],
  ["please /retry"],
  ["Hello\n/retry"],
  ["> /retry"],
  ["    /retry"],
  ["\t/retry"],
  ["`/retry`"],
  ["```\n/retry\n```"],
  ["/retrying"],
  ["/retry-it"],
  ["/ retry"],
  ["//retry"],
  ["/merge"],
  ["\\/retry"],
  ["* /retry"],
])("%j is none", (comment) => {
  expect(parseSlashCommand(comment)).toBeUndefined();
});
