import { expect, test } from "@jest/globals";
import { guessHosts, isManifest } from "../../src/domain/paths/manifests.ts";

test.each([
  [["package-lock.json"], ["registry.npmjs.org"]],
  [
    ["app/yarn.lock", "app/package.json"],
    ["registry.npmjs.org", "registry.yarnpkg.com"],
  ],
  [["pnpm-lock.yaml"], ["registry.npmjs.org"]],
  [["requirements-dev.txt"], ["pypi.org", "files.pythonhosted.org"]],
  [
    ["uv.lock", "pyproject.toml"],
    ["pypi.org", "files.pythonhosted.org"],
  ],
  [["crates/a/Cargo.toml"], ["crates.io", "index.crates.io", "static.crates.io"]],
  [["go.sum"], ["proxy.golang.org", "sum.golang.org"]],
  [["Gemfile.lock"], ["rubygems.org", "index.rubygems.org"]],
  [["src/compose/service.c", "Makefile"], []],
])("a repository with %j installs from %j", (paths, hosts) => {
  expect(guessHosts(paths)).toEqual(hosts);
});

test.each([
  "package.json",
  "a/b/package-lock.json",
  "requirements/dev-requirements.txt",
  ".npmrc",
  "x.gemspec",
  "go.work.sum",
])("%s says what a project needs", (path) => {
  expect(isManifest(path)).toBe(true);
});

test.each([
  "src/package.json.ts",
  "my-package.json",
  "README.md",
  "requirements.md",
  "package.json/x",
  "Cargo.toml.orig",
])("%s does not", (path) => {
  expect(isManifest(path)).toBe(false);
});
