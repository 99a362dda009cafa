import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "@jest/globals";
import { issue as story } from "../../src/cli/demo/demo-story.ts";
import { parseRepositoryFile } from "../../src/policy/parse-repository-file.ts";
import { gitRepository } from "../support/git-repository.ts";
import { testDirectory } from "../support/test-directory.ts";
import { warmDrafthorse } from "../support/warm-drafthorse.ts";

const directory = testDirectory();
const form = ".github/ISSUE_TEMPLATE/agent-task.yml";
const config = ".github/drafthorse.yml";
const install = 'npm install --global --prefix "$HOME/.local" --no-audit --no-fund';
const bring = (program: string, spec: string) =>
  `{ command -v ${program} >/dev/null || ${install} ${spec}; }`;
const scripts = (test: string) => JSON.stringify({ scripts: { test } });

describe("drafthorse init", () => {
  test("writes the form and a guessed configuration, and says what is next", async () => {
    const { directory: at } = gitRepository(directory, {
      "package.json": scripts("node --test"),
      "package-lock.json": "{}",
      Makefile: "test:\n\tnpm test\n",
      ".github/CODEOWNERS": "*  @ada @acme/web # everything\n/docs/ @wil\n",
    });

    const { status, out } = await warmDrafthorse(at, "init");

    const text = readFileSync(join(at, config), "utf8");
    expect([status, out]).toEqual([
      0,
      expect.stringMatching(/^wrote {2}.*agent-task\.yml\nwrote {2}.*drafthorse\.yml\n/),
    ]);
    expect(out).toContain("Next: look through both files");
    expect(text).toMatch(/^# yaml-language-server: \$schema=https:\/\/.*drafthorse\.schema\.json\n/);
    expect(parseRepositoryFile(text)).toEqual({
      value: {
        label: "agent-task",
        setup: { run: "npm ci", hosts: ["registry.npmjs.org"], cache: ["node_modules"] },
        validation: { allow: ["npm test", "make test"] },
        reviewers: ["ada", "acme/web"],
      },
    });
    const shipped = resolve(import.meta.dirname, "../../..", form);
    expect(readFileSync(join(at, form), "utf8")).toBe(readFileSync(shipped, "utf8"));
    expect(readFileSync(join(at, form), "utf8")).not.toMatch(/^labels:/m);
  });

  test.each<[string, Record<string, string>, object]>([
    ["an empty one", {}, {}],
    ["npm without a lockfile", { "package.json": scripts("jest") }, { validation: { allow: ["npm test"] } }],
    [
      "a library without a lockfile",
      { "package.json": JSON.stringify({ scripts: { test: "ava" }, devDependencies: { ava: "6" } }) },
      { setup: { run: "npm install --no-package-lock" }, validation: { allow: ["npm test"] } },
    ],
    ["npm's own placeholder", { "package.json": scripts('echo "Error: no test specified" && exit 1') }, {}],
    ["a manifest that is no JSON", { "package.json": "{" }, {}],
    [
      "pnpm",
      { "package.json": scripts("vitest run"), "pnpm-lock.yaml": "" },
      {
        setup: { run: `${bring("pnpm", "pnpm@9")} && pnpm install --frozen-lockfile` },
        validation: { allow: ["pnpm test"] },
      },
    ],
    [
      "uv",
      { "pyproject.toml": '[dependency-groups]\ndev = ["pytest"]\n', "uv.lock": "" },
      { setup: { run: "uv sync --locked" }, validation: { allow: ["uv run pytest"] } },
    ],
    [
      "a repository whose `npm test` waits for changes",
      { "package.json": JSON.stringify({ scripts: { test: "jest --watch", "test:ci": "jest" } }) },
      { validation: { allow: ["npm run test:ci"] } },
    ],
    [
      "a monorepo of pnpm without a test of its own",
      { "package.json": "{}", "pnpm-lock.yaml": "", "pnpm-workspace.yaml": "packages: [packages/*]\n" },
      {
        setup: { run: `${bring("pnpm", "pnpm@9")} && pnpm install --frozen-lockfile` },
        validation: { allow: ["pnpm -r test"] },
      },
    ],
    [
      "Yarn 1",
      { "package.json": scripts("jest"), "yarn.lock": "# yarn lockfile v1\n" },
      {
        setup: { run: `${bring("yarn", "yarn@1.22.22")} && yarn install --frozen-lockfile` },
        validation: { allow: ["yarn test"] },
      },
    ],
    [
      "Yarn 4",
      { "package.json": scripts("jest"), "yarn.lock": "__metadata:\n  version: 8\n" },
      { setup: { run: `${install} @yarnpkg/cli-dist@4 && yarn install --immutable` } },
    ],
    [
      "Yarn 4 that is in the repository",
      {
        "package.json": "{}",
        "yarn.lock": "__metadata:\n  version: 8\n",
        ".yarnrc.yml": "yarnPath: .yarn/y.cjs\n",
      },
      {
        setup: {
          run: `${install} yarn@1.22.22 && yarn install --immutable`,
          env: { YARN_ENABLE_GLOBAL_CACHE: "false" },
        },
      },
    ],
    ...[
      ["pnpm@8.15.9", "pnpm@8.15.9 && pnpm install --no-lockfile"],
      ["pnpm@10.33.0+sha512.aB/c=", "pnpm@10.33.0 && pnpm install --no-lockfile"],
      ["yarn@1.22.19", "yarn@1.22.19 && yarn install --no-lockfile"],
      ["yarn@4.5.0", "@yarnpkg/cli-dist@4.5.0 && yarn install --no-immutable"],
    ].map<[string, Record<string, string>, object]>(([packageManager, line]) => [
      `the pin ${packageManager}`,
      { "package.json": JSON.stringify({ packageManager }) },
      { setup: { run: `${install} ${line}` } },
    ]),
    [
      "a pin beside another manager's lockfile",
      { "package.json": JSON.stringify({ packageManager: "pnpm@9.1.0" }), "package-lock.json": "{}" },
      { setup: { run: `${install} pnpm@9.1.0 && pnpm install --no-lockfile` } },
    ],
    [
      "a pin that is no version",
      { "package.json": JSON.stringify({ packageManager: "pnpm@9.1.0;touch x" }), "package-lock.json": "{}" },
      { setup: { run: "npm ci" } },
    ],
    [
      "files with byte order marks",
      { "package.json": `\uFEFF${scripts("jest")}`, CODEOWNERS: "\uFEFF* @ada\r\n" },
      { validation: { allow: ["npm test"] }, reviewers: ["ada"] },
    ],
    [
      "Python with pytest",
      { "pyproject.toml": "[project]\nname = 'x'\n[tool.pytest.ini_options]\n" },
      {
        setup: { run: "python3 -m venv .venv && .venv/bin/python -m pip install -e . pytest" },
        validation: { allow: [".venv/bin/python -m pytest"] },
      },
    ],
    [
      "Python with an extra for tests",
      {
        "pyproject.toml":
          "[project.optional-dependencies]\ndocs = []\ntest = ['pytest']\n[tool.x]\ndev = []\n",
      },
      { setup: { run: 'python3 -m venv .venv && .venv/bin/python -m pip install -e ".[test]"' } },
    ],
    [
      "Python with an extra for tests under `[project]`",
      { "pyproject.toml": "[project]\nname = 'x'\noptional-dependencies.tests = ['pytest']\n" },
      { setup: { run: 'python3 -m venv .venv && .venv/bin/python -m pip install -e ".[tests]"' } },
    ],
    [
      "Python with a manifest that is no TOML",
      { "pyproject.toml": "[project\n" },
      { setup: { run: "python3 -m venv .venv && .venv/bin/python -m pip install -e ." } },
    ],
    [
      "Python of before `pyproject.toml`",
      { "setup.py": "from setuptools import setup\n", "requirements-dev.txt": "pytest\n" },
      {
        setup: {
          run: "python3 -m venv .venv && .venv/bin/python -m pip install -r requirements-dev.txt -e .",
        },
        validation: { allow: [".venv/bin/python -m pytest"] },
      },
    ],
    [
      "a Makefile whose `check` is a linter",
      { Makefile: "check:\n\teslint .\ntest:\n\tnode --test\n" },
      { validation: { allow: ["make test"] } },
    ],
    [
      "Poetry",
      { "pyproject.toml": "[tool.poetry]\npytest = 1\n", "poetry.lock": "" },
      { setup: { run: "poetry install", env: { POETRY_VIRTUALENVS_IN_PROJECT: "true" } } },
    ],
    ["Rust", { "Cargo.toml": "" }, { setup: { run: "cargo fetch" }, validation: { allow: ["cargo test"] } }],
    ["Go", { "go.mod": "" }, { setup: { run: "go mod download" }, validation: { allow: ["go test ./..."] } }],
  ])("guesses what %s needs, and the guess is a configuration", async (_, files, settings) => {
    const { directory: at } = gitRepository(directory, files);

    await warmDrafthorse(at, "init");

    expect(parseRepositoryFile(readFileSync(join(at, config), "utf8"))).toMatchObject({
      value: { label: "agent-task", ...settings },
    });
  });

  test.each<[string, Record<string, string>, string]>([
    ["npm", { "package.json": scripts("jest"), "package-lock.json": "{}" }, "npm test"],
    ["pnpm", { "package.json": "{}", "pnpm-lock.yaml": "", "pnpm-workspace.yaml": "" }, "pnpm -r test"],
    ["Python", { "pyproject.toml": "[tool.pytest.ini_options]\n" }, ".venv/bin/python -m pytest"],
    ["Rust", { "Cargo.toml": "" }, "cargo test"],
    ["Go", { "go.mod": "" }, "go test ./..."],
  ])("what it guesses for %s lets a stranger's brief be complete", async (_, files, command) => {
    const { directory: at, write, git } = gitRepository(directory, files);
    await warmDrafthorse(at, "init");
    git("add", "-A");
    git("commit", "-qm", "Set up");
    write({ "brief.md": story.body.replace("npm test", command) });

    const { status, out } = await warmDrafthorse(at, "check", "brief.md", "--outsider");

    expect([status, out]).toEqual([0, expect.stringContaining("the brief is complete")]);
  });

  test("keeps what is there, unless it is forced", async () => {
    const { directory: at, write } = gitRepository(directory, { [config]: "label: robot\n" });

    const kept = await warmDrafthorse(at, "init");
    const afterwards = readFileSync(join(at, config), "utf8");
    write({ [form]: "mine" });
    const forced = await warmDrafthorse(at, "init", "--force", "--json");

    expect(kept.out).toContain(`kept   ${config}`);
    expect(afterwards).toBe("label: robot\n");
    expect(JSON.parse(forced.out).files).toEqual([
      { path: form, what: "written" },
      { path: config, what: "written" },
    ]);
  });

  test("writes to the root of the repository from any folder of it, and nowhere else", async () => {
    const { directory: at } = gitRepository(directory, { "docs/a.md": "" });

    expect((await warmDrafthorse(join(at, "docs"), "init")).status).toBe(0);
    expect([existsSync(join(at, form)), existsSync(join(at, "docs/.github"))]).toEqual([true, false]);
    expect((await warmDrafthorse(directory, "init")).err).toContain("is not in a git repository");
  });
});
