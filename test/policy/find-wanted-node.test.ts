import { expect, test } from "@jest/globals";
import { findWantedNode } from "../../src/policy/find-wanted-node.ts";

const found = (texts: Record<string, string>) => findWantedNode((path) => texts[path], "20.18.0");
const engines = (node: unknown) => JSON.stringify({ engines: { node } });

test.each([
  [".nvmrc", "v22\n", "v22"],
  [".nvmrc", "18.20.4", "18.20.4"],
  [".node-version", "22.1.0\n", "22.1.0"],
  [".tool-versions", "python 3.12.1\nnodejs 16.0.0 # old\n", "16.0.0"],
  ["package.json", engines(">=22"), ">=22"],
  ["package.json", engines("^18 || ^22"), "^18 || ^22"],
])("%s with %j asks for another Node.js than this machine has", (from, text, wanted) => {
  expect(found({ [from]: text })).toEqual({ wanted, from, here: "20.18.0" });
});

test.each([
  [".nvmrc", "20\n"],
  [".nvmrc", "v20.9.0"],
  [".nvmrc", "lts/iron"],
  [".nvmrc", "`rm -rf`"],
  [".nvmrc", ""],
  [".tool-versions", "python 3.12.1\n"],
  ["package.json", engines(">=18")],
  ["package.json", engines("whatever it is")],
  ["package.json", engines(["22"])],
  ["package.json", engines(`>=22${" || >=22".repeat(50)}`)],
  ["package.json", "{"],
])("%s with %j does not", (from, text) => {
  expect(found({ [from]: text })).toBeUndefined();
});

test("a version manager's file counts before the range of `engines`", () => {
  expect(found({ ".nvmrc": "20", "package.json": engines(">=22") })).toBeUndefined();
});
