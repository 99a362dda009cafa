import { expect, test } from "@jest/globals";
import { findWantedTools } from "../../src/policy/find-wanted-tools.ts";

const here = { Python: "3.11.2", Go: "1.19.8", Rust: "1.63.0" };
const found = (path: string, text: string) =>
  findWantedTools((asked) => (asked === path ? text : undefined), here).map(({ tool, wanted }) => [
    tool,
    wanted,
  ]);

test.each([
  [".python-version", "3.12\n", ["Python", "3.12"]],
  [".python-version", "# ours\n3.10.4\n", ["Python", "3.10.4"]],
  [".tool-versions", "nodejs 20\npython 3.12.1 # new\n", ["Python", "3.12.1"]],
  ["pyproject.toml", '[project]\nrequires-python = ">=3.12"\n', ["Python", ">=3.12"]],
  ["pyproject.toml", '[tool.poetry.dependencies]\npython = "^3.12"\n', ["Python", "^3.12"]],
  ["setup.cfg", "[options]\npython_requires = >=3.12\n", ["Python", ">=3.12"]],
  ["go.mod", "module a.test/b\n\ngo 1.22\n", ["Go", "1.22"]],
  ["go.mod", "module a.test/b\n\ngo 1.18\n\ntoolchain go1.22.1\n", ["Go", "1.22.1"]],
  ["rust-toolchain.toml", '[toolchain]\nchannel = "1.80"\n', ["Rust", "1.80"]],
  ["rust-toolchain", "nightly-2024-01-01\n", ["Rust", "nightly-2024-01-01"]],
  ["Cargo.toml", '[package]\nname = "a"\nrust-version = "1.70"\n', ["Rust", "1.70"]],
  ["Cargo.toml", '[workspace.package]\nrust-version = "1.70"\n', ["Rust", "1.70"]],
  ["Cargo.toml", '[package]\nname = "a"\nedition = "2024"\n', ["Rust", "edition 2024 (1.85)"]],
])("%s with %j asks for what this machine does not have", (path, text, wanted) => {
  expect(found(path, text)).toEqual([wanted]);
});

test.each([
  [".python-version", "3.11\n"],
  [".python-version", "pypy3.10-7.3\n"],
  [".python-version", "`id`\n"],
  [".tool-versions", "ruby 3.2.0\n"],
  ["pyproject.toml", '[project]\nrequires-python = ">=3.8,<4"\n'],
  ["pyproject.toml", '[project]\nrequires-python = "whatever"\n'],
  ["pyproject.toml", "[project\n"],
  ["pyproject.toml", '[tool.poetry.dependencies]\npython = ">=3.8,<4.0"\n'],
  ["go.mod", "module a.test/b\n\ngo 1.19\n"],
  ["go.mod", "module a.test/b\n"],
  ["rust-toolchain.toml", '[toolchain]\nchannel = "stable"\n'],
  ["rust-toolchain", "1.60.0\n"],
  ["Cargo.toml", '[package]\nname = "a"\nedition = "2021"\nrust-version = "1.56"\n'],
  ["Cargo.toml", "[package]\nrust-version = { workspace = true }\nedition.workspace = true\n"],
  ["go.mod", `go 1.${"9".repeat(200)}\n`],
])("%s with %j does not", (path, text) => {
  expect(found(path, text)).toEqual([]);
});

test("what the machine does not have at all is told by the command that misses it", () => {
  expect(findWantedTools(() => "3.12\n", {})).toEqual([]);
});

test("a version manager's file counts before what a manifest can do with", () => {
  const texts: Record<string, string> = {
    ".python-version": "3.11\n",
    "pyproject.toml": '[project]\nrequires-python = ">=3.12"\n',
  };

  expect(findWantedTools((path) => texts[path], here)).toEqual([]);
});
