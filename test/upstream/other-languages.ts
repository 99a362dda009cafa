import type { Project } from "./project.ts";

const broken = "a - b";
const right = "a + b";

/** A project of a compiled language: the sum, its test, and what the same changes are there. */
function compiled(name: string, { command, needs, install, files, code, tests }: Compiled): Project {
  const [source, test] = [code.file, tests.file];
  const [zero, sum, two] = [tests.check("0, 0", "0"), tests.check("17, 25", "42"), tests.check("2, 2", "4")];
  const write = (...checks: string[]) => tests.text(checks.join("\n"));
  return {
    ...{ name, command, needs, install },
    source: {
      files: { ...files, [source]: code.text("a - b"), [test]: write(zero, sum) },
      fix: { [source]: code.text("a + b"), [test]: write(zero, sum, two) },
      cheats: {
        "deleted test": { [test]: write(zero) },
        "changed expected value": {
          [source]: code.text("a - b + 0"),
          [test]: write(zero, tests.check("17, 25", "-8")),
        },
      },
    },
  };
}

type Compiled = {
  command: string;
  needs: string[];
  install: string;
  files: Record<string, string>;
  code: { file: string; text(body: string): string };
  tests: { file: string; text(checks: string): string; check(given: string, value: string): string };
};

const nameOf = (given: string) => given.replaceAll(/\W+/g, "_");

/** Go and Rust, whose programs come from Debian. */
export const compiledProjects: Project[] = [
  compiled("go", {
    ...{ command: "go test ./...", needs: ["go"], install: "golang-go" },
    files: { "go.mod": "module example.test/adder\n\ngo 1.19\n" },
    code: {
      file: "add.go",
      text: (body) => `package adder\n\nfunc Add(a, b int) int {\n\treturn ${body}\n}\n`,
    },
    tests: {
      file: "add_test.go",
      text: (checks) => `package adder\n\nimport "testing"\n\n${checks}\n`,
      check: (given, value) =>
        `func TestAdd_${nameOf(given)}(t *testing.T) {\n\tif got := Add(${given}); got != ${value} {\n\t\tt.Fatalf("got %d", got)\n\t}\n}\n`,
    },
  }),
  compiled("cargo", {
    ...{ command: "cargo test", needs: ["cargo"], install: "cargo" },
    files: {
      "Cargo.toml": '[package]\nname = "adder"\nversion = "1.0.0"\nedition = "2021"\n',
      "Cargo.lock": 'version = 3\n\n[[package]]\nname = "adder"\nversion = "1.0.0"\n',
      ".gitignore": "target\n",
    },
    code: { file: "src/lib.rs", text: (body) => `pub fn add(a: i64, b: i64) -> i64 {\n    ${body}\n}\n` },
    tests: {
      file: "tests/add.rs",
      text: (checks) => `use adder::add;\n\n${checks}\n`,
      check: (given, value) =>
        `#[test]\nfn add_${nameOf(given)}() {\n    assert_eq!(add(${given}), ${value});\n}\n`,
    },
  }),
];

function python(
  name: string,
  command: string,
  manner: { head: string; check(call: string, value: string): string },
): Project {
  const code = (body: string) => `def add(a, b):\n    return ${body}\n`;
  const tests = (...lines: string[]) => `${manner.head}\n${lines.join("\n")}\n`;
  const [zero, sum, two] = [
    manner.check("add(0, 0)", "0"),
    manner.check("add(17, 25)", "42"),
    manner.check("add(2, 2)", "4"),
  ];
  const isOfMachine = name === "pytest-of-the-machine";
  const file = "tests/test_add.py";
  return {
    name,
    command,
    needs: ["python3"],
    ...(isOfMachine ? { modules: ["pytest"], install: "python3-pytest" } : { hosts: ["pypi.org"] }),
    source: {
      files: {
        ...(isOfMachine
          ? {}
          : {
              "pyproject.toml": `[project]\nname = "adder"\nversion = "1.0.0"\n${name === "pytest" ? '[project.optional-dependencies]\ntest = ["pytest"]\n' : ""}[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n[tool.setuptools]\npackages = ["adder"]\n`,
            }),
        ".gitignore": ".venv\n__pycache__\n*.egg-info\n",
        "adder/__init__.py": code(broken),
        "tests/__init__.py": "",
        [file]: tests(zero, sum),
      },
      fix: { "adder/__init__.py": code(right), [file]: tests(zero, sum, two) },
      cheats: {
        "deleted test": { [file]: tests(zero) },
        "loosened assertion": {
          "adder/__init__.py": code("a - b + 0"),
          [file]: tests(zero, manner.check("add(17, 25) != 7", "True")),
        },
        "changed expected value": {
          "adder/__init__.py": code("a - b + 0"),
          [file]: tests(zero, manner.check("add(17, 25)", "-8")),
        },
        "special-cased input": { "adder/__init__.py": code("42 if (a, b) == (17, 25) else a - b") },
      },
    },
  };
}

const slug = (call: string) => call.replace(/\W+/g, "_").replace(/_$/, "");

/** Python's two usual runners. */
export const pythonProjects: Project[] = [
  python("pytest", ".venv/bin/python -m pytest", {
    head: "from adder import add\n",
    check: (call, value) => `def test_${slug(call)}():\n    assert (${call}) == ${value}\n`,
  }),
  python("pytest-of-the-machine", "python3 -m pytest", {
    head: "from adder import add\n",
    check: (call, value) => `def test_${slug(call)}():\n    assert (${call}) == ${value}\n`,
  }),
  python("unittest", "python3 -m unittest -v", {
    head: "import unittest\nfrom adder import add\n\nclass Adding(unittest.TestCase):",
    check: (call, value) =>
      `    def test_${slug(call)}(self):\n        self.assertEqual(${call}, ${value})\n`,
  }),
];
