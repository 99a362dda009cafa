import { describe, expect, test } from "@jest/globals";
import type { Repository } from "../../src/domain/task/task.ts";
import { guessSetup } from "../../src/policy/guess-setup.ts";
import { namedFolders } from "../../src/policy/named-folders.ts";

const manifest = '{"dependencies":{"ms":"2"}}';
const npmAt = (folder: string) => ({
  [`${folder}/package.json`]: manifest,
  [`${folder}/package-lock.json`]: "{}",
});
const python = { "backend/pyproject.toml": "[project]\nname = 'x'\n[tool.pytest.ini_options]\n" };
const bare = { "backend/pyproject.toml": "[project]\nname = 'x'\n" };
const alone = "python3 -m venv .venv && .venv/bin/python -m pip install -e .";
const pip = "python3 -m venv .venv && .venv/bin/python -m pip install -e . pytest";

async function guess(texts: Record<string, string>, validation: string, scope: string[] = []) {
  const repository = {} as Repository;
  const base = { ref: "main", commit: "1".repeat(40), tree: "2".repeat(40) };
  const order = { repository, base, brief: { validation, scope } };
  const { guessed } = await guessSetup(order, {
    find: async (_repository, _base, paths) => new Set(paths.filter((path) => texts[path] !== undefined)),
    list: async () => [],
    read: async (_repository, _base, path) => texts[path],
  });
  return guessed;
}

describe("the guess of a set-up, for manifests in folders,", () => {
  test.each<[string, Record<string, string>, string, string[], string | undefined]>([
    ["that the command enters", npmAt("web"), "cd web && npm test", [], "(cd web && npm ci)"],
    ["that npm is sent to", npmAt("web"), "npm --prefix web test", [], "(cd web && npm ci)"],
    ["that pytest is given", python, "pytest backend/tests", [], `(cd backend && ${pip})`],
    [
      "of which none names the pytest that is called",
      bare,
      "cd backend && pytest -q",
      [],
      `(cd backend && ${pip})`,
    ],
    ["that name another runner", bare, "cd backend && python3 -m unittest", [], `(cd backend && ${alone})`],
    ["that the scope lies in", npmAt("web"), "sh test.sh", ["web/src/**"], "(cd web && npm ci)"],
    [
      "of which two are named",
      { ...npmAt("frontend"), ...python },
      "npm --prefix frontend test && pytest backend",
      [],
      `(cd frontend && npm ci) && (cd backend && ${pip})`,
    ],
    [
      "of a workspace, is the root's",
      {
        "package.json": '{"workspaces":["packages/*"]}',
        "package-lock.json": "{}",
        "packages/a/package.json": manifest,
      },
      "cd packages/a && npm test",
      [],
      "npm ci",
    ],
    [
      "beside the root, is both",
      { "package.json": manifest, "package-lock.json": "{}", ...npmAt("web") },
      "cd web && npm test",
      [],
      "npm ci && (cd web && npm ci)",
    ],
    [
      "that nothing enters, is the root's",
      { "package.json": manifest, "package-lock.json": "{}", ...npmAt("web") },
      "npm test",
      ["web/**"],
      "npm ci",
    ],
    ["that are outside, is none", npmAt("../web"), "cd ../web && npm test", [], undefined],
    ["that nothing names, is none", npmAt("web"), "npm test", [], undefined],
    [
      "of which there are many, is that of three",
      { ...npmAt("a"), ...npmAt("b"), ...npmAt("c"), ...npmAt("d") },
      "sh test.sh a b c d",
      [],
      "(cd a && npm ci) && (cd b && npm ci) && (cd c && npm ci)",
    ],
  ])("%s", async (_, texts, command, scope, run) => {
    expect((await guess(texts, command, scope))?.setup.run).toBe(run);
  });

  test("names the files by their paths, and keeps each folder's packages", async () => {
    expect(await guess({ ...npmAt("a"), ...npmAt("b") }, "cd a && npm test && cd ../b && sh t.sh b")).toEqual(
      {
        setup: {
          run: "(cd a && npm ci) && (cd b && npm ci)",
          hosts: ["registry.npmjs.org"],
          cache: ["a/node_modules", "b/node_modules"],
        },
        from: ["a/package.json", "a/package-lock.json", "b/package.json", "b/package-lock.json"],
      },
    );
  });
});

test("a brief points to at most twelve folders, and to none that a shell would read as more than a word", () => {
  const scope = ["$(id)/**", "-x/**", "a b/**", ...Array.from({ length: 20 }, (_, at) => `p${at}/src/**`)];

  const { named, entered } = namedFolders({ validation: "cd ./web/ && npm test", scope });

  expect(entered).toEqual(["web"]);
  expect([named.length, named[0], named[1], named[2]]).toEqual([12, "web", "p0", "p0/src"]);
});

test.each([
  [".npmrc", "registry=https://npm.acme.test/all/\n@acme:registry=https://user:word@npm.acme.test:8443/\n"],
  [".yarnrc.yml", "npmRegistryServer: 'https://npm.acme.test'\n"],
])("the registries that the repository names in %s are within the set-up's reach", async (path, text) => {
  const found = await guess(
    { "package.json": manifest, "package-lock.json": "{}", [path]: text },
    "npm test",
  );

  expect(found?.setup.hosts).toEqual(
    path === ".npmrc"
      ? ["registry.npmjs.org", "npm.acme.test", "npm.acme.test:8443"]
      : ["registry.npmjs.org", "npm.acme.test"],
  );
});
