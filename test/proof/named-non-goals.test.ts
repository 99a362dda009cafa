import { describe, expect, test } from "@jest/globals";
import { defaultPolicy } from "../../src/domain/rules/policy.ts";
import { checkScope } from "../../src/proof/checks/paths/check-scope.ts";
import { findNamed, namedIn } from "../../src/proof/checks/paths/find-named.ts";
import { aFileText } from "../fixtures/read-changes.ts";
import { aBrief } from "../fixtures/tasks.ts";

type Side = string | undefined;

function scope(nonGoal: string, [path, before, after]: [string, Side, Side]) {
  const text = aFileText(path, { before, after });
  const brief = aBrief({ nonGoals: [nonGoal], scope: [] });
  const named = findNamed(text, namedIn([nonGoal]));
  return checkScope({ brief, policy: defaultPolicy, files: [text.file], named });
}

const js =
  "export function total(items) {\n  return items.length;\n}\n\nexport function slug(text) {\n  return text;\n}\n";
const ts =
  "export class Price {\n  total(items: number[]): number {\n    return items.length;\n  }\n\n  name() {\n    return 1;\n  }\n}\n";
const arrow =
  "export const total = (items) => {\n  return items.length;\n};\n\nexport const slug = (text) => text;\n";
const python = "def total(\n    items,\n):\n    return len(items)\n\n\ndef slug(text):\n    return text\n";
const go =
  "func (p *Price) Total(items []int) int {\n\treturn len(items)\n}\n\nfunc Slug(s string) string {\n\treturn s\n}\n";
const rust =
  "pub fn total(items: &[i32]) -> usize {\n    items.len()\n}\n\npub fn slug(s: &str) -> &str {\n    s\n}\n";
const sharp =
  "class Price\n{\n    public int Total(int[] items)\n    {\n        return items.Length;\n    }\n\n    public int Name()\n    {\n        return 1;\n    }\n}\n";
const edit = (text: string): string =>
  text.replace(/items\.length|len\(items\)|items\.len\(\)|items\.Length/, "0");
const editOther = (text: string): string =>
  text.replace(/return text|=> text|return s\b|return 1|\n {4}s\n/, (old) =>
    `${old} `.replace(/(\w+) ?(\n?)( ?)$/, "$1x$2"),
  );

describe("a non-goal that names what the change touches is a finding", () => {
  test.each<[string, [string, Side, Side], number | undefined]>([
    ["Changing `total`", ["src/a.js", js, edit(js)], 1],
    ["Do not touch `total()`.", ["src/a.js", js, edit(js)], 1],
    ["`total`", ["src/a.js", arrow, edit(arrow)], 1],
    ["The class `Price` stays as it is", ["src/a.ts", ts, edit(ts)], 1],
    ["No change of `Price.total`", ["src/a.ts", ts, edit(ts)], 2],
    ["`Price#total(items)` is not to change", ["src/a.ts", ts, edit(ts)], 2],
    ["Leave `total` alone", ["shop/a.py", python, edit(python)], 1],
    ["Leave `Price.Total` alone", ["a.go", go, edit(go)], 1],
    ["Leave `total` alone", ["src/a.rs", rust, edit(rust)], 1],
    ["Leave `Total` alone", ["Price.cs", sharp, edit(sharp)], 3],
    ["Removing `slug`", ["src/a.js", js, js.replace(/\nexport function slug[\s\S]*/, "")], undefined],
    ["Adding `legacy` back", ["src/a.js", js, `${js}\nexport function legacy() {}\n`], 9],
    ["Changes in `tax.ts` or elsewhere", ["src/tax.ts", "1\n", "2\n"], undefined],
    ["No edits of `src/tax.ts`, please", ["src/tax.ts", "1\n", "2\n"], undefined],
    ["No edits of `./src/tax.ts`, please", ["src/tax.ts", "1\n", undefined], undefined],
  ])("%s", (nonGoal, file, line) => {
    const { status, findings, line: shown } = scope(nonGoal, file);

    expect(status).toBe("attention");
    expect(shown).toContain("1 touched that a non-goal names");
    expect(findings).toEqual([
      {
        path: file[0],
        ...(line === undefined ? {} : { line }),
        message: expect.stringContaining(`which a non-goal names: ${nonGoal}`),
      },
    ]);
  });
});

describe("what a non-goal names and the change leaves alone is none", () => {
  test.each<[string, [string, Side, Side]]>([
    ["Changing `total`", ["src/a.js", js, editOther(js)]],
    ["Changing `total`", ["src/a.js", arrow, editOther(arrow)]],
    ["Changing `Price.total`", ["src/a.ts", ts, editOther(ts)]],
    ["Changing `total`", ["shop/a.py", python, editOther(python)]],
    ["Changing `Total`", ["a.go", go, editOther(go)]],
    ["Changing `Total`", ["Price.cs", sharp, editOther(sharp)]],
    ["Changing `slug`", ["src/a.js", js, edit(js)]],
    ["Changing `total`", ["src/a.js", js, js.replace("\n\n", "\n\n// more\n\n")]],
    ["Changing `total`", ["src/b.js", "use();\n", "const n = total(items);\nuse(n);\n"]],
    ["Changing `total`", ["src/b.js", "use();\n", "  total(items);\n"]],
    ["Changing `total`", ["test/a.test.js", "use();\n", "function total() {\n}\n"]],
    ["Changing `total`", ["README.md", "text\n", "function total() {}\n"]],
    ["Anything but `total`", ["src/a.js", js, edit(js)]],
    ["Changes outside `src/a.js` and its test", ["src/a.js", js, edit(js)]],
    ["Other functions than `total`, except `slug`", ["src/a.js", js, editOther(js)]],
    ["A dependency such as `lodash`", ["src/a.js", js, edit(js)]],
    ["Changes in `tax.ts` or elsewhere", ["src/syntax.ts", "1\n", "2\n"]],
    ["Speed", ["src/a.js", js, edit(js)]],
  ])("%s", (nonGoal, file) => {
    expect(scope(nonGoal, file)).toMatchObject({ status: "pass", findings: [] });
  });
});
