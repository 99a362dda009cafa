import { expect, test } from "@jest/globals";
import { describeSource } from "../../src/domain/evidence/test-counts.ts";
import type { TestReports } from "../../src/ports/workshop.ts";
import { readReports } from "../../src/proof/counts/read-reports.ts";

const nothing = { files: [], whole: true };

/** A checkout in which a run has left these files. */
function checkout(left: Record<string, string>, comes: (path: string) => boolean = () => true): TestReports {
  const files = Object.entries(left).map(([path, text]) => ({ path, bytes: Buffer.byteLength(text) }));
  return {
    list: async () => ({ files, whole: true }),
    read: async function* (_, wanted) {
      for (const { path } of wanted.filter((file) => comes(file.path)))
        yield { path, bytes: Buffer.from(left[path] ?? "") };
    },
  };
}

const read = (testReports: TestReports) =>
  readReports({ directory: "/checkout", before: nothing }, { testReports });
const suite = (name: string, failed = 0) =>
  `<testsuite name="${name}"><testcase/>${"<testcase><failure/></testcase>".repeat(failed)}</testsuite>`;

test.each<[string, Record<string, string>, number[], string]>([
  ["one", { "junit.xml": suite("a", 2) }, [1, 2], "JUnit: junit.xml"],
  [
    "several of one folder",
    { "build/test-results/test/TEST-a.xml": suite("a"), "build/test-results/test/TEST-b.xml": suite("b", 1) },
    [2, 1],
    "JUnit: 2 files in build/test-results/test",
  ],
  [
    "those of several folders",
    { "a/junit.xml": suite("a"), "b/junit.xml": suite("b"), "c/junit.xml": suite("c") },
    [3, 0],
    "JUnit: 3 files in 3 folders",
  ],
  [
    "two in the root",
    { "junit.xml": suite("a"), "junit-e2e.xml": suite("b") },
    [2, 0],
    "JUnit: 2 files in the root",
  ],
  [
    "a copy of another",
    { "junit.xml": suite("a"), "reports/junit.xml": suite("a") },
    [1, 0],
    "JUnit: junit.xml",
  ],
  [
    "JUnit beside TAP that broke off",
    { "a.tap": "ok\n", "junit.xml": suite("a") },
    [1, 0],
    "JUnit: junit.xml",
  ],
  ["JUnit beside TAP", { "a.tap": "1..2\nok\nok\n", "junit.xml": suite("a") }, [1, 0], "JUnit: junit.xml"],
  [
    "TAP beside what is no JUnit",
    { "a.tap": "1..2\nok\nok\n", "report.xml": "<coverage/>" },
    [2, 0],
    "TAP: a.tap",
  ],
])("%s", async (_, left, [passed, failed], source) => {
  const counts = await read(checkout(left));

  expect(counts).toMatchObject({ passed, failed, skipped: 0, whole: true });
  expect(counts && describeSource(counts)).toBe(source);
});

test.each([
  ["one that broke off", { "a/junit.xml": suite("a"), "b/junit.xml": "<testsuite><testcase>" }],
  ["a TAP file without its plan", { "a.tap": "ok 1\n", "b.tap": "1..1\nok 1\n" }],
])("beside %s the others are not whole", async (_, left) => {
  expect(await read(checkout(left))).toMatchObject({ passed: 1, whole: false });
});

test("what could not be read makes the rest not whole", async () => {
  const left = { "a/junit.xml": suite("a"), "b/junit.xml": suite("b") };

  expect(await read(checkout(left, (path) => path.startsWith("a")))).toMatchObject({
    passed: 1,
    whole: false,
  });
});

test.each<[string, Record<string, string>]>([
  ["nothing", {}],
  ["no reports", { "reports/page.xml": "<html/>", "pom.xml": suite("a") }],
  ["nothing that can be read", { "junit.xml": "<testsuite>" }],
])("where a run left %s, it is not measured", async (_, left) => {
  expect(await read(checkout(left))).toBeUndefined();
});
