import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { mend } from "./mend.ts";
import { Town } from "./town.ts";

const turns = [
  {
    when: "# Task: Edit inside",
    steps: [
      { run: { command: "echo 'export const x = 1;' >> vendor/words/words.js" } },
      ...(mend?.steps ?? []),
    ],
  },
  { when: "# Task", steps: [...(mend?.steps ?? [])] },
] as Parameters<typeof Town.found>[0];

/** Imports from the submodule: without its files the test is red whatever anybody mends. */
const wordsTest = `import { test } from "node:test";
import { words } from "../vendor/words/words.js";
test("there are words", () => { if (words.length !== 2) throw new Error("no words"); });
`;

describe("a repository with a submodule", () => {
  const at: { town?: Town; words?: string } = {};
  const town = (): Town => {
    if (!at.town) throw new Error("there is no town");
    return at.town;
  };

  beforeAll(async () => {
    at.town = await Town.found(turns);
    const { github } = town().double;
    const words = { owner: "lexi", name: "words", files: { "README.md": "# words\n" }, private: false };
    await github.createRepository({ ...words, collaborators: { ada: "admin" }, installed: false });
    const files = { "words.js": 'export const words = ["one", "two"];\n' };
    at.words = await github.as("ada").pushes("lexi/words", { branch: "main", files });
    await github.as("ada").pushes(town().repository, {
      branch: "main",
      files: {
        ".gitmodules": '[submodule "words"]\n\tpath = vendor/words\n\turl = ../../lexi/words.git\n',
        "test/words.test.js": wordsTest,
      },
      submodules: { "vendor/words": at.words },
    });
  });
  afterAll(async () => {
    await at.town?.close();
  });

  test("has a right fix passed, and the PR says what was fetched", async () => {
    const opened = await town().delegate({ title: "Mend" });
    await town().sees(opened, "Draft pull request open");
    const pull = town().pull(opened);
    const evidence = town().evidence(pull);

    expect(evidence.verdict).toBe("passed");
    expect(evidence.base.submodules).toEqual([
      { path: "vendor/words", commit: at.words, url: expect.stringMatching(/\/lexi\/words\.git$/) },
    ]);
    expect(evidence.files.map(({ path }) => path)).not.toContain("vendor/words");
    expect(pull.body).toMatch(/Submodule `vendor\/words` at `[0-9a-f]{40}` from `http:.*\/lexi\/words\.git`/);
  });

  test("has an edit inside the submodule told, and left out of the change", async () => {
    const opened = await town().delegate({ title: "Edit inside" });
    await town().sees(opened, "Draft pull request open");
    const evidence = town().evidence(town().pull(opened));

    expect(evidence.checks.find(({ name }) => name === "scope")).toMatchObject({
      status: "attention",
      line: expect.stringContaining("left out: 1 edited inside submodules"),
      findings: [{ path: "vendor/words/words.js" }],
    });
    expect(evidence.files.some(({ path }) => path.startsWith("vendor"))).toBe(false);
    expect(evidence.validation?.exit.exitCode).toBe(0);
  });
});
