import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { checkTests, lookAtTests } from "../../../src/proof/checks/weakened-tests/check-tests.ts";
import { aFileText } from "../../fixtures/read-changes.ts";
import { caseCount } from "../../support/cases.ts";

const paths = [
  "test/a.test.js",
  "test/a.test.ts",
  "test/a.test.tsx",
  "tests/test_a.py",
  "a_test.go",
  "tests/a.rs",
  "src/test/java/ATest.java",
  "spec/a_spec.rb",
  "tests/ATest.php",
  "tests/ATests.cs",
  "__snapshots__/a.snap",
  ".github/workflows/ci.yml",
  "package.json",
  "jest.config.js",
  "codecov.yml",
  "pyproject.toml",
  "tests/conftest.py",
];

function check(path: string, before: string, after: string | undefined): string {
  const text = aFileText(path, { before, after });
  return checkTests(lookAtTests(text), { files: [text.file] }).status;
}

/** Pieces that open something; texts made of them are closer to code than random characters are. */
const pieces = fc.constantFrom(
  ...[
    "test('a', () => {",
    "expect(a).toBe(1)",
    "it.each([[1],[2]])('x',",
    "def test_a():\n",
    "    assert a == 1\n",
    "@skip\n",
  ],
  ...[
    "describe.skip(",
    "});",
    "`${",
    "/*",
    "*/",
    "'",
    '"',
    "<a>",
    "func TestA(t *testing.T) {\n",
    "#[test]\n",
    "{",
    "}",
    "\n",
  ],
  ...[
    '"scripts": {"test": "',
    "fail_under = 3\n",
    "[a]\n",
    "exports[`a`] = `",
    "- run: npm test\n",
    "if: false\n",
    ": ",
    "\\",
    "\0",
  ],
);

describe("the check takes any text", () => {
  test("on both sides, whatever the file is called", () => {
    const text = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(pieces, { maxLength: 40 }).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...paths),
        text,
        fc.option(text, { nil: undefined }),
        (path, before, after) => {
          expect(check(path, before, after)).toMatch(/^(pass|attention|fail)$/);
        },
      ),
      { numRuns: caseCount(1_000) },
    );
  });

  test("and says nothing of a text that did not change", () => {
    fc.assert(
      fc.property(fc.constantFrom(...paths), fc.array(pieces, { maxLength: 40 }), (path, all) => {
        expect(check(path, all.join(""), all.join(""))).toBe("pass");
      }),
      { numRuns: caseCount(500) },
    );
  });

  test.each([
    ["test/a.test.js", "<"],
    ["test/a.test.js", "/*"],
    ["test/a.test.js", "if("],
    ["test/a.test.js", "it('a', () => {"],
    ["test/a.test.js", "expect("],
    ["test/a.test.ts", "a<b>("],
    ["test/a.test.tsx", "<a b={"],
    ["tests/test_a.py", "def test_a():\n "],
    ["tests/test_a.py", '"""'],
    ["a_test.go", "func TestA(t *testing.T) {\n"],
    ["codecov.yml", "- "],
    ["package.json", '{"a":['],
  ])("%s made of thousands of characters of %j ends", (path, seed) => {
    const text = seed.repeat(caseCount(40_000) / seed.length);

    expect(check(path, text, `${text} `)).toMatch(/^(pass|attention)$/);
  });

  test("a test file with more data than a call takes arguments is read", () => {
    const rows = Array.from({ length: 60_000 }, (_, row) => `[${row}, "x"],`).join("\n");
    const text = `const rows = [\n${rows}\n];\ntest("a", () => { expect(a(rows)).toBe(1); });\n`;

    expect(check("test/a.test.js", text, text.replace("toBe(1)", "toBeDefined()"))).toBe("attention");
    expect(check("test/a.test.js", text, text.replace("toBe(1)", "toBe(2)"))).toBe("pass");
  });

  test("a test file that becomes too deeply nested to be read is said to be unread", () => {
    const before = "test('a', () => { expect(a()).toBe(1); });\n";

    expect(check("test/a.test.js", before, `${before}${"<".repeat(20_000)}`)).toBe("attention");
  });
});
