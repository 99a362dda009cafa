import { expect, test } from "@jest/globals";
import { helpTexts, renderHelp } from "../../src/cli/help-texts.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmDrafthorse } from "../support/warm-drafthorse.ts";

const directory = testDirectory();

test("each command has examples that call it, and says what its exit codes mean", async () => {
  const { out } = await warmDrafthorse(directory, "--help");
  const commands = [...out.matchAll(/^ {2}(?<name>[a-z-]+)(?= .* {2}|$)/gm)].map(
    ({ groups }) => groups?.name,
  );

  expect(Object.keys(helpTexts).toSorted()).toEqual(commands.filter((name) => name !== "help").toSorted());
  for (const [name, { examples, exits }] of Object.entries(helpTexts)) {
    expect(examples.map(([call]) => call.includes(`drafthorse ${name}`))).not.toContain(false);
    expect(Object.keys(exits)).toContain("0");
  }
});

test("the examples stand below the options", async () => {
  const { out, status } = await warmDrafthorse(directory, "check", "--help");

  expect(status).toBe(0);
  expect(out).toContain(helpTexts.check ? renderHelp(helpTexts.check) : "nothing");
});
