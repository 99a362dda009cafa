/**
 * Measures what the check `tests` costs: megabytes a second over real test files, and how the time grows when a hostile
 * text is twice as long. Usage: npm run --silent build && node scripts/measure-tests-check.js FILE...
 */
import { readFileSync } from "node:fs";
import { checkTests, lookAtTests } from "../dist/src/proof/checks/weakened-tests/check-tests.js";

const hostile = {
  "a.test.js": [
    "<",
    "if(",
    "/*",
    "a<b>(",
    "test(",
    "it('a',()=>{",
    "expect(",
    "a.b().",
    "try{",
    "[",
    "`${",
    "x=>",
    "'",
  ],
  "a.test.ts": ["<", "a<b<", "if(a)", "x?y:", "describe('d',()=>{", "@a", "function f("],
  "test_a.py": [
    "(",
    "[",
    "def test_a():\n ",
    "if x:\n ",
    "assert (",
    "lambda:",
    "@a\n",
    '"""',
    "f'{",
    "class A:\n ",
  ],
  "a_test.go": ["func TestA(t *testing.T) {\n", "t.Error(", "/*", "{\n", '"'],
  "a.test.tsx": ["<a>", "<a b={", "</", "{"],
  ".github/workflows/a.yml": ["- run: npm test || true\n", "if: false\n", "  "],
  "pyproject.toml": ["a = [\n", "[a]\n", "fail_under = 1\n"],
  "package.json": ['{"a":', "["],
  "a.snap": ["exports[`a`] = `\n"],
};

function change(path, before, after) {
  const id = "0".repeat(40);
  const file = { path, before: { mode: "100644", id }, after: { mode: "100644", id, bytes: after.length } };
  return { file, before, after };
}

function seconds(path, before, after) {
  const start = performance.now();
  const text = change(path, before, after);
  checkTests(lookAtTests(text), { files: [text.file] });
  return (performance.now() - start) / 1000;
}

const files = process.argv.slice(2).map((path) => [path, readFileSync(path, "utf8")]);
for (const [path, text] of files.slice(0, 20)) seconds(path, text, "");
const bytes = files.reduce((sum, [, text]) => sum + 2 * Buffer.byteLength(text), 0);
const spent = files.reduce(
  (sum, [path, text]) => sum + seconds(path, text, text.replaceAll("equal", "same")),
  0,
);
if (files.length > 0)
  console.log(
    `${files.length} files, ${(bytes / 1e6).toFixed(1)} MB: ${((1000 * spent) / (bytes / 1e6)).toFixed(0)} ms per MB`,
  );

const length = Number(process.env.LENGTH ?? 200_000);
for (const [path, seeds] of Object.entries(hostile))
  for (const seed of seeds) {
    const once = seed.repeat(Math.ceil(length / seed.length));
    const [single, double] = [seconds(path, once, ""), seconds(path, once + once, "")];
    const same = seconds(path, once, `${once} `);
    console.log(
      `${path.padEnd(24)} ${JSON.stringify(seed).padEnd(34)} ${single.toFixed(2)} s, twice as long ${double.toFixed(2)} s, ratio ${(double / single).toFixed(1)}, both sides ${same.toFixed(2)} s`,
    );
  }
