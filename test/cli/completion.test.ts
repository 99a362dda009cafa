import { spawnSync } from "node:child_process";
import { expect, test } from "@jest/globals";
import { helpTexts } from "../../src/cli/help-texts.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmDrafthorse } from "../support/warm-drafthorse.ts";

const directory = testDirectory();

/** What bash offers for each line, its last word being the one that is typed. */
function offered(script: string, lines: string[]): string[][] {
  const asked = lines.map(
    (line) =>
      `COMP_WORDS=(${line.replace(/ $/, " ''")}); COMP_CWORD=$((\${#COMP_WORDS[@]} - 1)); _drafthorse; echo "\${COMPREPLY[*]}"`,
  );
  const { stdout } = spawnSync("bash", ["-c", [script, ...asked].join("\n")], { encoding: "utf8" });
  return stdout
    .split("\n")
    .slice(0, -1)
    .map((line) => line.split(" ").filter(Boolean));
}

test("bash completes commands, options and choices, and leaves files to itself", async () => {
  const { out } = await warmDrafthorse(directory, "completion", "bash");

  const lines = ["drafthorse ", "drafthorse rep", "drafthorse check --ac", "drafthorse completion z"];
  const [all, command, option, choice, file] = offered(out, [...lines, "drafthorse check BR"]);

  expect(all?.filter((word) => !word.startsWith("-")).toSorted()).toEqual(Object.keys(helpTexts).toSorted());
  expect([command, option, choice, file]).toEqual([["replay"], ["--actor"], ["zsh"], []]);
});

test.each(["zsh", "fish"])("%s is told every command with what it does", async (shell) => {
  const { out } = await warmDrafthorse(directory, "completion", shell);

  for (const name of Object.keys(helpTexts)) expect(out).toMatch(new RegExp(`\\b${name}\\b`));
});

test("another shell: the usage error names those that there are", async () => {
  const { status, err } = await warmDrafthorse(directory, "completion", "tcsh");

  expect(status).toBe(2);
  expect(err).toMatch(/bash, zsh, fish/);
});
