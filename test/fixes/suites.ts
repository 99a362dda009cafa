import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { git, type PreparedFix } from "./prepare.ts";
import { proveFix, tellFix } from "./prove-fix.ts";

const code = "export function pages(total, size) {\n  return Math.floor(total / size);\n}\n";
const head =
  'import assert from "node:assert/strict";\nimport test from "node:test";\nimport { pages } from "../src/pages.js";\n';
const old = `${head}test("full pages", () => {\n  assert.equal(pages(10, 5), 2);\n});\n`;
const added = 'test("a rest", () => {\n  assert.equal(pages(11, 5), 3);\n});\n';
const waiting = (seconds: number): string =>
  `import test from "node:test";\ntest("waits", () => new Promise((done) => setTimeout(done, ${seconds * 1000})));\n`;

/** A fix with a test in a file of the base, beside a test that waits: what the later rows add to suites so long, in seconds. */
export function proveSuites(lengths: number[]): void {
  for (const seconds of lengths) {
    const within = mkdtempSync(join(tmpdir(), "drafthorse-suite-"));
    try {
      const { evidence, times, said } = proveFix(prepareSuite(seconds, within), within);
      if (evidence) tellFix(`a suite of ${seconds} s`, evidence, times);
      else console.log(`## a suite of ${seconds} s: no evidence\n${said}`);
    } finally {
      rmSync(within, { recursive: true, force: true });
    }
  }
}

function prepareSuite(seconds: number, within: string): PreparedFix {
  const directory = join(within, "repository");
  for (const folder of ["src", "test", ".github"]) mkdirSync(join(directory, folder), { recursive: true });
  const put = (path: string, text: string): void => writeFileSync(join(directory, path), text);
  put("package.json", '{ "name": "pages", "type": "module", "scripts": { "test": "node --test test/" } }\n');
  put(".github/drafthorse.yml", "limits:\n  questionMinutes: 0\n");
  put("src/pages.js", code);
  put("test/pages.test.js", old);
  put("test/waits.test.js", waiting(seconds));
  git(directory, "init", "-q", "-b", "main");
  git(directory, "add", "-A");
  git(directory, "commit", "-qm", "Begin");
  put("src/pages.js", code.replace("floor", "ceil"));
  put("test/pages.test.js", `${old}${added}`);
  const patch = join(within, "change.patch");
  writeFileSync(patch, git(directory, "diff"));
  git(directory, "reset", "-q", "--hard");
  return { directory, patch };
}
