import { expect, test } from "@jest/globals";
import { ownersOfPaths, parseCodeowners } from "../../../src/review/ownership/parse-codeowners.ts";

/** The example of GitHub's documentation, line by line, with what it says there of each. */
const example = `# This is a comment.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
*.go docs@example.com
*.txt @octo-org/octocats
/build/logs/ @doctocat
docs/* @docs-owner
apps/ @octocat
/docs/ @root-docs
/scripts/ @doctocat @octocat
**/logs @logger
/apps/github
/apps/github @nobody-else
a\\ b.md @spaced
![x] @never
`;
const rules = parseCodeowners(example);

test.each([
  ["README.md", ["global-owner1", "global-owner2"]],
  ["src/deep/index.js", ["js-owner"]],
  ["main.go", []],
  ["notes/a.txt", ["octo-org/octocats"]],
  ["build/logs/today", ["logger"]],
  ["other/build/logs/today", ["logger"]],
  ["src/apps/x", ["octocat"]],
  ["apps/x", ["octocat"]],
  ["apps/github/x", ["nobody-else"]],
  ["docs/x", ["root-docs"]],
  ["docs/deep/x", ["root-docs"]],
  ["scripts/x.sh", ["doctocat", "octocat"]],
  ["other/scripts/x.sh", ["global-owner1", "global-owner2"]],
  ["a b.md", ["spaced"]],
])("%s belongs to %j", (path, owners) => {
  expect(ownersOfPaths(rules, [path])).toEqual(owners);
});

test("docs/* means the files in docs and no deeper", () => {
  const flat = parseCodeowners("docs/* @writer");

  expect(ownersOfPaths(flat, ["docs/a.md"])).toEqual(["writer"]);
  expect(ownersOfPaths(flat, ["docs/deep/a.md", "other/docs/a.md"])).toEqual([]);
});

test("the owners of several paths are each named once, and a line without owners takes them away", () => {
  const text = "* @all\n/src @dev @all\n/src/gen\n";

  expect(ownersOfPaths(parseCodeowners(text), ["a", "src/b", "src/gen/c"])).toEqual(["all", "dev"]);
});

test("a hostile file is read in no time", () => {
  const text = `${"*".repeat(5_000)}/${"a*".repeat(5_000)} @x\n`.repeat(20);

  expect(ownersOfPaths(parseCodeowners(text), ["a".repeat(900)])).toEqual([]);
});
