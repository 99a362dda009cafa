import { expect, test } from "@jest/globals";
import { mergeSettings } from "../../../src/adapters/agent/merge-settings.ts";

test("what an operator says in the same variable stays, and where the model is wins", () => {
  const theirs = { CONFIG: '{"model":"m","providers":{"own":1,"ours":{"url":"elsewhere"}}}', OTHER: "x" };
  const ours = { CONFIG: '{"providers":{"ours":{"url":"here"}}}', URL: "here" };

  expect(mergeSettings(theirs, ours)).toEqual({
    CONFIG: '{"model":"m","providers":{"own":1,"ours":{"url":"here"}}}',
    URL: "here",
  });
});

test.each(["no JSON", "[1]", "null", '"text"'])("%s is replaced", (text) => {
  expect(mergeSettings({ CONFIG: text }, { CONFIG: "{}" })).toEqual({ CONFIG: "{}" });
});
