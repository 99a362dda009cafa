import { describe, expect, test } from "@jest/globals";
import type { Check } from "../../../src/domain/evidence/evidence.ts";
import { checkTests, lookAtTests } from "../../../src/proof/checks/weakened-tests/check-tests.ts";
import { aFileText, readWritten } from "../../fixtures/read-changes.ts";

type Side = string | undefined;

function check(...files: [path: string, before: Side, after: Side][]): Check {
  const texts = files.map(([path, before, after]) => aFileText(path, { before, after }));
  return checkTests(texts.flatMap(lookAtTests), { files: texts.map(({ file }) => file) });
}

const wrap = (body: string): string => `test("adds", () => {\n${body}\n});\n`;

test.each<[string, Check["status"], RegExp, [path: string, before: Side, after: Side]]>([
  ["changed", "pass", /^add_test\.c: its tests could not be compared/, ["add_test.c", "a();", "b();"]],
  ["deleted", "pass", /are not read, and the file is gone$/, ["tests/add.bats", "@test a", undefined]],
  ["new", "pass", /^No test and no setting/, ["add_test.c", undefined, "b();"]],
  ["code", "pass", /^No test and no setting/, ["add.c", "a();", undefined]],
])("a file of a language whose tests are not read, %s, is told as that", (_, status, line, file) => {
  const { name: __, findings: ___, ...found } = check(file);

  expect(found).toEqual({ status, line: expect.stringMatching(line) });
});

describe("each written change", () => {
  test.each(
    [...readWritten("weakening"), ...readWritten("benign")].map((change) => [change.name, change] as const),
  )("%s", (_, { files, expect: status }) => {
    expect(checkTests(files.flatMap(lookAtTests), { files: files.map(({ file }) => file) }).status).toBe(
      status,
    );
  });
});

describe("each cheat is named with its path and line, and what only looks like one is not", () => {
  test.each(readWritten("cheats").map((change) => [change.name, change] as const))(
    "%s",
    (name, { files, expect: status }) => {
      const { findings, ...found } = checkTests(files.flatMap(lookAtTests), {
        files: files.map(({ file }) => file),
      });

      const said = findings.map(({ path, line, message }) => `${path}${line ? `:${line}` : ""} ${message}`);
      expect(found.status).toBe(status);
      if (status === "pass") expect(said).toEqual([]);
      else expect(said).toContain(name);
    },
  );
});

describe("a finding names the place and the loss", () => {
  test.each([
    [
      "a skip",
      check([
        "test/a.test.js",
        wrap("expect(a).toBe(1);"),
        `\n${wrap("expect(a).toBe(1);").replace("test(", "test.skip(")}`,
      ]),
      { path: "test/a.test.js", line: 2, message: "“adds” does not run any more: .skip" },
    ],
    [
      "a deleted file with its subject",
      check(
        ["test/sum.test.js", wrap("expect(sum(1)).toBe(1);"), undefined],
        ["src/sum.js", "export const sum = 1;", undefined],
      ),
      {
        path: "test/sum.test.js",
        message:
          "1 test(s) deleted with their file: “adds”; src/sum.js, which it seems to have tested, is deleted too",
      },
    ],
    [
      "a loosened assertion",
      check(["test/a.test.js", wrap("expect(a).toEqual([1]);"), wrap("expect(a).toBeDefined();")]),
      {
        path: "test/a.test.js",
        line: 2,
        message: "“adds”: an assertion on “a” says less than before (equal became defined)",
      },
    ],
    [
      "a threshold",
      check([".nycrc.json", '{"lines": 90}', '{"lines": 80}']),
      { path: ".nycrc.json", line: 1, message: "lines: the threshold was lowered from 90 to 80" },
    ],
    [
      "a step",
      check([".github/workflows/a.yml", "  - run: npm test\n", "  - run: npm test || true\n"]),
      {
        path: ".github/workflows/a.yml",
        line: 1,
        message: "a command cannot fail any more: - run: npm test || true",
      },
    ],
  ])("%s", (_, { findings }, finding) => {
    expect(findings).toEqual([finding]);
  });

  test("one place that skips many tests is one finding", () => {
    const tests = wrap("expect(a).toBe(1);") + wrap("expect(b).toBe(2);").replace("adds", "subtracts");

    const { findings } = check([
      "test/a.test.js",
      `describe("x", () => {${tests}});`,
      `describe.skip("x", () => {${tests}});`,
    ]);

    expect(findings.map(({ message }) => message)).toEqual(["2 tests do not run any more: .skip"]);
  });

  test("the line of the check names the first and counts the rest", () => {
    const tests = wrap("expect(a).toBe(1);") + wrap("expect(b).toBe(2);").replace("adds", "subtracts");

    const { line } = check(["test/a.test.js", tests, tests.replaceAll("test(", "xtest(")]);

    expect(line).toBe("test/a.test.js: “adds” does not run any more: xtest; 1 more");
  });
});

describe("assertions", () => {
  test.each<[string, string, string, Check["status"]]>([
    ["the same under another name", "t.is(a, 1);", "t.equal(a, 1);", "pass"],
    ["in another framework", "expect(a).toEqual(1);", "assert.deepStrictEqual(a, 1);", "pass"],
    ["with another message", "t.equal(a, 1, 'x');", "t.equal(a, 1, 'y');", "pass"],
    ["made exact", "expect(a).toMatchObject({ b: 1 });", "expect(a).toEqual({ b: 1, c: 2 });", "pass"],
    [
      "with fewer properties",
      "expect(a).toMatchObject({ b: 1, c: 2 });",
      "expect(a).toMatchObject({ b: 1 });",
      "attention",
    ],
    ["another value", "expect(a).toBe('b');", "expect(a).toBe(undefined);", "pass"],
    ["true became truthy", "expect(a).toBe(true);", "expect(a).toBeTruthy();", "pass"],
    ["true became defined", "expect(a).toBe(true);", "expect(a).toBeDefined();", "attention"],
    [
      "counted calls became any call",
      "expect(f).toHaveBeenCalledTimes(2);",
      "expect(f).toHaveBeenCalled();",
      "attention",
    ],
    ["an always true one instead", "expect(a).toBe(1);", "assert(true);", "attention"],
    ["a wider distance", "assert.closeTo(a, 1, 0.001);", "assert.closeTo(a, 1, 0.5);", "attention"],
    ["a narrower distance", "assert.closeTo(a, 1, 0.5);", "assert.closeTo(a, 1, 0.001);", "pass"],
    ["an error of any kind", "assert.throws(f, TypeError);", "assert.throws(f);", "attention"],
    ["one of two removed", "expect(a).toBe(1);\nexpect(b).toBe(2);", "expect(a).toBe(1);", "attention"],
    [
      "in another order",
      "expect(a).toBe(1);\nexpect(b).toBe(2);",
      "expect(b).toBe(2);\nexpect(a).toBe(1);",
      "pass",
    ],
  ])("%s", (_, before, after, status) => {
    expect(check(["test/a.test.js", wrap(before), wrap(after)]).status).toBe(status);
  });
});

describe("tests in other languages", () => {
  test.each<[string, string, string, Check["status"]]>([
    ["a_test.go", 'func TestA(t *testing.T) {\n\tif a() != 1 {\n\t\tt.Fatal("a")\n\t}\n}\n', "", "fail"],
    [
      "src/a.rs",
      "#[test]\nfn a() {\n    assert_eq!(b(), 1);\n}\n",
      "#[test]\nfn a() {\n    b();\n}\n",
      "attention",
    ],
    ["src/a.rs", "fn a() {\n    1\n}\n", "fn b() {\n    2\n}\n", "pass"],
    [
      "test/ATest.kt",
      "@Test\nfun a() {\n  assertEquals(1, b())\n}\n",
      "@Ignore\n@Test\nfun a() {\n  assertEquals(1, b())\n}\n",
      "fail",
    ],
    [
      "tests/ATests.cs",
      "[Fact]\npublic void A()\n{\n  Assert.Equal(1, B());\n}\n",
      "public void A()\n{\n  Assert.Equal(1, B());\n}\n",
      "fail",
    ],
    [
      "tests/ATest.php",
      "public function testA() {\n  $this->assertSame(1, b());\n}\n",
      "public function testA() {\n  b();\n}\n",
      "attention",
    ],
    [
      "spec/a_spec.rb",
      'it "a" do\n  expect(b).to eq(1)\nend\n',
      'it "a" do\n  skip\n  expect(b).to eq(1)\nend\n',
      "fail",
    ],
    [
      "tests/test_a.py",
      "def test_a():\n    assert b() == pytest.approx(1, abs=0.1)\n",
      "def test_a():\n    assert b() == pytest.approx(1, abs=10)\n",
      "attention",
    ],
    [
      "tests/test_a.py",
      "class TestA:\n    def test_b(self):\n        assert c() == 1\n",
      "class TestA:\n    def test_b(self):\n        pytest.skip('x')\n        assert c() == 1\n",
      "fail",
    ],
    ["tests/test_a.py", "def test_a():\n    assert b() == 1\n", "def test_a():\n    pass\n", "attention"],
  ])("%s: %j to %j", (path, before, after, status) => {
    expect(check([path, before, after]).status).toBe(status);
  });
});

test("a file of assertions outside of tests may be renamed", () => {
  const text = "import { equal } from 'node:assert';\nequal(total([1, 2]), 3);\n";

  expect(check(["test/a.js", text, undefined], ["test/b.js", undefined, text]).status).toBe("pass");
  expect(check(["test/a.js", text, undefined]).status).toBe("attention");
});

describe("what is not a test", () => {
  test.each<[string, string, string]>([
    ["src/a.js", "export function test() { return it(1); }", ""],
    ["test/fixtures/a.test.js", wrap("expect(a).toBe(1);"), ""],
    ["docs/testing.md", "test.only", ""],
    ["examples/ci/.github/workflows/a.yml", "  - run: npm test\n", ""],
  ])("%s", (path, before, after) => {
    expect(check([path, before, after || undefined]).status).toBe("pass");
  });
});

test.each([
  ["src/f.js", "// eslint-disable-next-line no-console\nlog();\n", "// eslint-disable-next-line no-console"],
  ["src/g.ts", "log(); // eslint-disable-line\n", "log(); // eslint-disable-line"],
  ["app.py", "log(1)  # noqa: E501\n", "log(1)  # noqa: E501"],
])("in %s a line that is kept from the linter is told, and changes nothing", (path, after, shown) => {
  const { status, line } = check([path, "", after]);

  expect([status, line]).toEqual([
    "pass",
    `No test was weakened. Told: ${path}: a line is kept from the linter: ${shown}`,
  ]);
});

test("a test without a title is named by its line", () => {
  const [before, after] = ["test(() => {\n  f();\n});\n", "test.skip(() => {\n  f();\n});\n"];

  expect(check(["test/a.test.js", before, after]).line).toBe(
    "test/a.test.js: the test without a title at line 1 does not run any more: .skip",
  );
});

test("an assertion without a subject is not named by nothing", () => {
  const raises = (kind: string): string => `def test_a():\n    with pytest.raises(${kind}):\n        f()\n`;

  expect(check(["test_a.py", raises("ValueError"), raises("Exception")]).line).toBe(
    "test_a.py: “test_a”: an assertion says less than before (throws)",
  );
});

describe("a tested name that is declared in a test", () => {
  const head = 'const Sink = require("../");\n';
  const body = (line: string) =>
    wrap(`${line}\n  const sink = new Sink({ fd: 1 });\n  assert.equal(sink.fd, 1);`);

  test.each([
    ['const Sink = proxyquire("../", { fs: fake });', "pass"],
    ['const Sink = proxyquire.noCallThru().load("../", { fs: fake });', "pass"],
    ['const Sink = await esmock("../", { fs: fake });', "pass"],
    ["const Sink = class { constructor({ fd }) { this.fd = fd; } };", "attention"],
    ["const Sink = proxy({ fd: 1 });", "attention"],
  ])("%s: %s", (line, status) => {
    expect(check(["test/sink.test.js", head + body(""), head + body(line)]).status).toBe(status);
  });
});
