import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { judgeBrief } from "../../src/brief/judge-brief.ts";
import { judgeReach } from "../../src/brief/judge-reach.ts";
import { lfsGlobsOf, submodulesOf } from "../../src/brief/read-git-files.ts";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";

const none = { has: () => false };

describe("submodules", () => {
  test("are read from the file that names them", () => {
    const text =
      '[submodule "lib"]\n\tpath = vendor/lib\n\turl = ../lib.git\n[submodule "b"]\n  path="odd name/"\r\n# path = no\n';

    expect(submodulesOf(text)).toEqual(["vendor/lib", "odd name"]);
    expect(submodulesOf("")).toEqual([]);
  });
});

describe("files in LFS", () => {
  test.each([
    ["*.psd filter=lfs diff=lfs merge=lfs -text", "", ["**/*.psd"]],
    ["/assets/** filter=lfs", "", ["assets/**"]],
    ["a/b.bin filter=lfs", "", ["a/b.bin"]],
    ["*.bin filter=lfs", "media/raw", ["media/raw/**/*.bin"]],
    ['"with blank.bin" filter=lfs', "", ["**/with blank.bin"]],
    ["[attr]big filter=lfs -text\n*.iso big\n*.txt text", "", ["**/*.iso"]],
    ["# *.psd filter=lfs\n*.txt text\n\n*.x filter=other", "", []],
    ["*.psd filter=lfs\r\n*.png filter=lfs", "", ["**/*.psd", "**/*.png"]],
  ])("%j in %j are %j", (text, folder, globs) => {
    expect(lfsGlobsOf(text, folder)).toEqual(globs);
  });
});

describe("a scope that reaches into them", () => {
  const facts = { files: none, submodules: ["vendor/lib", "vendor/other"], lfs: ["**/*.psd"] };

  test.each<[string[], string[]]>([
    [[], ["submodule", "lfs"]],
    [["**"], ["submodule", "lfs"]],
    [["vendor/**"], ["submodule", "lfs"]],
    [["src/**"], ["lfs"]],
    [["src/*.ts", "src/a.ts"], []],
    [["vendor/lib/a.c"], ["submodule"]],
    [["vendor/mine/a.c"], []],
  ])("%j is refused by %j", (scope, rules) => {
    expect(judgeReach({ scope, line: 3 }, facts).map(({ rule }) => rule)).toEqual(rules);
  });

  test("is told with what it reaches, its line and the repair", () => {
    expect(judgeReach({ scope: ["src/a.ts", "vendor/**/*.c"], line: 3 }, facts)).toEqual([
      {
        rule: "submodule",
        line: 3,
        field: "scope",
        message: "The scope `vendor/**/*.c` reaches into a submodule: `vendor/lib, vendor/other`.",
        repair:
          "Declare only paths outside of it, such as `src/**`; a submodule is changed in its own repository.",
      },
    ]);
  });

  test("is no question where the repository has neither", () => {
    expect(judgeReach({ scope: [], line: 1 }, { files: none })).toEqual([]);
  });
});

test("a complete brief without a scope is refused where there is a submodule, and says so in its place", () => {
  const file = resolve(import.meta.dirname, "../../../test/fixtures/briefs/valid-files-none.md");
  const asked = { actor: "ada", authorMayWrite: true, policy: defaultPolicy };
  const base = { files: { has: () => true }, scripts: ["test"], submodules: ["lib"] };

  const text = readFileSync(file, "utf8");

  expect(judgeBrief(text, { ...asked, base: { files: { has: () => true } } })).toHaveProperty("brief");
  expect(judgeBrief(text, { ...asked, base })).toMatchObject({
    problems: [
      {
        rule: "submodule",
        field: "scope",
        line: text.split("\n").findIndex((line) => /Files/.test(line)) + 1,
      },
    ],
  });
});
