import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { originOf } from "../../../src/adapters/local/origin-of.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { git } from "../git/origin.ts";

const directory = testDirectory();

test.each([
  ["https://github.com/octo/demo.git", "https://github.com/octo/demo.git"],
  ["https://ada:hunter2@github.com/octo/demo", "https://github.com/octo/demo"],
  ["git@github.com:octo/demo.git", "https://github.com/octo/demo.git"],
  ["ssh://git@github.com/octo/demo.git", "https://github.com/octo/demo.git"],
  ["/srv/git/demo.git", undefined],
  ["file:///srv/git/demo.git", undefined],
  [undefined, undefined],
])("a clone of %j lies at %j", async (url, expected) => {
  const place = join(directory, String(url).replace(/\W/g, "-"));
  mkdirSync(place, { recursive: true });
  git(place, "init", "--quiet");
  if (url !== undefined) git(place, "remote", "add", "origin", url);

  expect(await originOf(join(place, ".git"))).toBe(expected);
});
