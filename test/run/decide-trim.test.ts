import { describe, expect, test } from "@jest/globals";
import type { ChangedFile } from "../../src/domain/evidence/change.ts";
import { alwaysProtected, defaultPolicy } from "../../src/domain/rules/policy.ts";
import { condenseTrim } from "../../src/run/condense-trim.ts";
import { askOfBase, decideTrim, type TrimGrounds } from "../../src/run/decide-trim.ts";
import { added, changed, deleted } from "../fixtures/changes.ts";
import { aBrief } from "../fixtures/tasks.ts";

/** What is put back of files under the default policy, as `path why`; a test changes what it is about. */
function decided(files: ChangedFile[], grounds: Partial<TrimGrounds> = {}): string[] {
  const all = {
    brief: aBrief({ scope: [] }),
    policy: defaultPolicy,
    targets: new Map(),
    atBase: new Set<string>(),
  };
  return decideTrim({ ...all, files, ...grounds }).map(({ path, why }) => `${path} ${why}`);
}

describe("leftovers that are dropped where they are new", () => {
  test.each([
    ".DS_Store",
    "src/.DS_Store",
    "Thumbs.db",
    "src/.code.ts.swp",
    "src/code.ts~",
    "src/.#code.ts",
    "src/#code.ts#",
    "__pycache__/a.cpython-312.pyc",
    "src/a.pyc",
    ".pytest_cache/v/x",
    ".coverage",
    "npm-debug.log",
    "npm-debug.log.123",
    "node_modules/a/index.js",
    ".idea/workspace.xml",
    ".vscode/settings.json",
    "packages/a/.vscode/settings.json",
    "coverage/lcov.info",
    ".drafthorse/TASK.md",
    ".aider.chat.history.md",
    ".aider.tags.cache.v4/x",
    ".claude/settings.local.json",
    ".claude/todos/x.json",
    ".codex/sessions/x.jsonl",
    "a\nb~",
  ])("%j", (path) => {
    expect(decided([added(path)])).toEqual([`${path} stray`]);
    expect(decided([changed(path)])).not.toEqual([`${path} stray`]);
  });

  test.each([
    "src/a.ts",
    "docs/swap.md",
    ".swift",
    "src/a.swift",
    "src/coverage.ts",
    "tests/test.original",
    ".env.example",
    "x/.drafthorse/y",
    "Makefile",
    "src/DS_Store",
  ])("%j is none", (path) => {
    expect(decided([added(path)])).toEqual([]);
  });

  test.each<[string, string, string[]]>([
    [".vscode/launch.json", ".vscode", []],
    ["a/.idea/x.xml", "a/.idea", []],
    ["node_modules/x/y.js", "node_modules", []],
  ])("%s is the project's where the base has %s", (path, folder, expected) => {
    expect(askOfBase([added(path)])).toEqual([folder]);
    expect(decided([added(path)], { atBase: new Set([folder]) })).toEqual(expected);
  });

  test("a folder that the brief names is no leftover", () => {
    const brief = aBrief({ scope: [".vscode/**"] });

    expect(decided([added(".vscode/settings.json"), added(".idea/x")], { brief })).toEqual([".idea/x stray"]);
  });

  test("the leftover of a patch is one only beside what was patched", () => {
    const files = [
      added("src/a.ts.orig"),
      added("fixtures/b.rej"),
      changed("src/c.ts"),
      added("src/c.ts.bak"),
    ];

    expect(askOfBase(files)).toEqual(["src/a.ts", "fixtures/b", "src/c.ts"]);
    expect(decided(files, { atBase: new Set(["src/a.ts"]) })).toEqual([
      "src/a.ts.orig stray",
      "src/c.ts.bak stray",
    ]);
  });
});

describe("protected whatever the configuration says", () => {
  test.each([
    "CLAUDE.md",
    "claude.md",
    "packages/a/AGENTS.md",
    "CLAUDE.local.md",
    "GEMINI.md",
    ".claude/settings.json",
    "packages/a/.claude/commands/x.md",
    ".claude",
    ".codex/config.toml",
    ".codex/.env",
    ".gemini/settings.json",
    ".cursor/rules/x.mdc",
    ".opencode/agent.md",
    ".cursorrules",
    ".aider.conf.yml",
    ".mcp.json",
    "a/.mcp.json",
    "opencode.json",
    ".github/copilot-instructions.md",
    ".github/instructions/x.md",
    ".github/agents/x.md",
    ".github/workflows/ci.yml",
    ".github/workflows/deep/ci.yml",
    ".github/workflows/new\nline.yml",
    ".GitHub/Workflows/ci.yml",
    ".github/drafthorse.yml",
    "CODEOWNERS",
    ".github/CODEOWNERS",
    "docs/CODEOWNERS",
    ".gitattributes",
    "src/.gitattributes",
    ".gitmodules",
    ".lfsconfig",
  ])("%j", (path) => {
    const expected = [`${path} protected`];

    expect([added(path), changed(path), deleted(path)].map((file) => decided([file]))).toEqual([
      expected,
      expected,
      expected,
    ]);
  });

  test.each([
    "src/a.ts",
    "README.md",
    ".github/ISSUE_TEMPLATE/x.yml",
    ".gitignore",
    "docs/agents.txt",
    "x/.gitmodules",
  ])("%j is not", (path) => {
    expect(decided([changed(path)])).toEqual([]);
  });
});

describe("borders", () => {
  const paths = { ...defaultPolicy.paths, protected: [...alwaysProtected, "infra/**", "app/(shop)/[id]"] };
  const boundary = { reviewers: [], ask: ["dependencies"], never: ["ci", "db/", "docs"] };

  test.each([
    ["infra/main.tf", "protected"],
    ["app/(shop)/[id]/page.tsx", "protected"],
    ["app/(shop)/i/page.tsx", "protected"],
    [".gitlab-ci.yml", "never"],
    ["db/x.sql", "never"],
    ["docs/a/b.md", "never"],
    ["Infra/main.tf", undefined],
    ["package.json", undefined],
    ["src/docs/x.md", undefined],
  ])("%s is %s", (path, why) => {
    const files = [changed(path)];

    expect(decided(files, { brief: aBrief({ boundary }), policy: { ...defaultPolicy, paths } })).toEqual(
      why ? [`${path} ${why}`] : [],
    );
  });

  test("the repository's own are the brief's, too, with the paths that it gives a class", () => {
    const policy = {
      approval: { migrations: "never", auth: "ask", ci: "allow" } as const,
      paths: { ...defaultPolicy.paths, classes: { migrations: ["schema/**"] } },
    };
    const files = [changed("schema/1.sql"), changed("db/migrations/1.sql"), changed("src/auth/a.ts")];

    expect(decided(files, { policy })).toEqual(["schema/1.sql never"]);
  });
});

describe("links", () => {
  test.each([
    ["leak", "/etc/passwd", true],
    ["a/b", "../../x", true],
    ["a/b", "../x", false],
    ["a", "b/../../x", true],
    ["a", ".git/config", true],
    ["a", "b", false],
  ])("%s → %s is put back: %s", (path, target, back) => {
    expect(decided([added(path, { mode: "120000" })], { targets: new Map([[path, target]]) })).toEqual(
      back ? [`${path} link`] : [],
    );
  });
});

describe("what stands in the way of something that is put back", () => {
  test.each<[string, ChangedFile[], string[]]>([
    [
      "a folder in the place of a file",
      [deleted("CLAUDE.md"), added("CLAUDE.md/a/b"), added("x")],
      ["CLAUDE.md protected", "CLAUDE.md/a/b protected"],
    ],
    [
      "a file in the place of a folder",
      [added("packages"), deleted("packages/a/AGENTS.md"), deleted("packages/a/x.ts")],
      ["packages protected", "packages/a/AGENTS.md protected"],
    ],
    [
      "a name that differs in case alone",
      [deleted("infra/A"), added("infra/a"), added("INFRA/a")],
      ["infra/A protected", "infra/a protected", "INFRA/a protected"],
    ],
    ["nothing in the way of a new one", [added(".mcp.json"), added("x")], [".mcp.json protected"]],
  ])("%s", (_, files, expected) => {
    const policy = { ...defaultPolicy, paths: { ...defaultPolicy.paths, protected: ["infra/**"] } };

    expect(decided(files, { policy })).toEqual(expected);
  });
});

test("a folder full of leftovers is told in one line, and what is protected one by one", () => {
  const stray = (path: string) => ({ path, why: "stray" as const, rule: "of an editor" });
  const kept = ["CLAUDE.md", "a/CLAUDE.md"].map((path) => ({ path, why: "protected" as const, rule: "x" }));
  const paths = [
    stray("node_modules/a/b.js"),
    ...kept,
    stray("node_modules/c.js"),
    stray("x~"),
    stray(".idea/y"),
  ];

  expect(condenseTrim(paths)).toEqual([
    { path: "node_modules/", why: "stray", rule: "of an editor, 2 files" },
    ...kept,
    stray("x~"),
    stray(".idea/y"),
  ]);
});
