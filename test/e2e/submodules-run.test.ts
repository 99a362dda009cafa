import { readFileSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { expect, test } from "@jest/globals";
import { execa } from "execa";
import { files, issue } from "../../src/cli/demo/demo-story.ts";
import { Evidence } from "../../src/domain/evidence/evidence.ts";
import { git, sh } from "../adapters/git/origin.ts";
import { serveRepositories } from "../adapters/git/served.ts";
import { testDirectory } from "../support/test-directory.ts";

const cli = resolve(import.meta.dirname, "../../src/cli/main.js");
const root = testDirectory();
const served = serveRepositories(join(root, "served"));

/** Set-up reads the submodule, and what it makes lies inside it. */
const rules = "setup:\n  run: cp vendor/words/words.js vendor/words/built.js\n";

const wordsTest = `import { test } from "node:test";
import { words } from "../vendor/words/built.js";
test("there are words", () => { if (words.length !== 2) throw new Error("no words"); });
`;
const mend = `sed -i 's/a-z/a-z0-9/; s/, "-")/, "-").replace(\\/-$\\/, "")/' src/slugify.js`;

test("a local run fetches a submodule by its clone's origin, for set-up too", async () => {
  const words = join(root, "served/octo/words.git");
  await mkdir(words, { recursive: true });
  sh(
    words,
    `git init -q -b main; echo 'export const words = ["one", "two"];' > words.js; git add -A; git commit -qm w`,
  );
  const commit = git(words, "rev-parse", "HEAD");
  const repo = join(root, "slugger");
  const more = { "test/words.test.js": wordsTest, ".github/drafthorse.yml": rules };
  for (const [path, text] of Object.entries({ ...files, ...more })) {
    await mkdir(join(repo, path, ".."), { recursive: true });
    await writeFile(join(repo, path), text);
  }
  sh(
    repo,
    `git init -q -b main; git remote add origin ${served.url}/octo/slugger.git; git add -A
    git config -f .gitmodules submodule.w.path vendor/words; git config -f .gitmodules submodule.w.url ../words.git
    git add .gitmodules; git update-index --add --cacheinfo 160000,${commit},vendor/words; git commit -qm Begin`,
  );
  await writeFile(join(root, "brief.md"), `# ${issue.title}\n\n${issue.body}`);
  const env = { PATH: process.env.PATH ?? "", SANDBOX: "bwrap" };

  await execa(process.execPath, [cli, "run", "brief.md", "--repo", repo, "--agent", `exec:${mend}`], {
    ...{ cwd: root, env, extendEnv: false, reject: false },
  });

  const evidence = Evidence.parse(
    JSON.parse(readFileSync(join(root, "drafthorse-run/evidence.json"), "utf8")),
  );
  expect(evidence.verdict).toBe("passed");
  expect(evidence.checks.find(({ name }) => name === "scope")?.line).not.toContain("submodules");
  expect(evidence.base.submodules).toMatchObject([{ path: "vendor/words", commit }]);
});
