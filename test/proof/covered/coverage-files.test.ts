import { describe, expect, test } from "@jest/globals";
import type { LeftFile } from "../../../src/ports/workshop.ts";
import { addTold } from "../../../src/proof/checks/covered/add-told.ts";
import { checkCovered } from "../../../src/proof/checks/covered/check-covered.ts";
import { chooseCoverage } from "../../../src/proof/counts/choose-coverage.ts";
import { readCoverage } from "../../../src/proof/counts/read-coverage.ts";

const root = "/work/attempt/proof-1";

/** What the files that a run left say of these files of code, as `path: lines that ran / lines with code`. */
async function read(left: Record<string, string>, paths = ["src/lib.rs", "src/Sum.php"]): Promise<string[]> {
  const files = Object.entries(left).map(([path, text]): LeftFile => ({ path, bytes: text.length }));
  const testReports = {
    list: async () => ({ files, whole: true }),
    async *read(_: string, chosen: LeftFile[]) {
      for (const { path } of chosen) yield { path, bytes: Buffer.from(left[path] ?? "") };
    },
  };
  const before = { files: [], whole: true };
  const filed = await readCoverage({ directory: root, before, paths }, { testReports });
  return [...filed].map(([path, { ran, code }]) => `${path}: ${[...ran]} / ${[...code]}`);
}

const lcov = (path: string) =>
  `TN:\nSF:${path}\nFN:1,pages\nDA:1,3\nDA:2,0,hash\nLF:2\nLH:1\nend_of_record\n`;
const cobertura = (path: string, source = root) => `<?xml version="1.0"?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.5" version="1.9"><sources><source>${source}</source></sources><packages><package name="a"><classes>
<class name="lib" filename="${path}" line-rate="0.5"><methods/><lines><line number="1" hits="3"/><line number="2" hits="0"/></lines></class>
</classes></package></packages></coverage>`;
const clover = (path: string) => `<?xml version="1.0"?>
<coverage generated="1" clover="3.2.0"><project timestamp="1"><file name="Sum.php" path="${path}">
<line num="1" count="3" type="stmt"/><line num="2" count="0" type="cond"/></file></project></coverage>`;
const found = ["src/lib.rs: 1 / 1,2"];
const nothing: string[] = [];

describe("what a file of coverage says", () => {
  test.each([
    ["LCOV", { "lcov.info": lcov("src/lib.rs") }, found],
    ["LCOV with whole paths", { "target/cov/rust.lcov": lcov(`${root}/src/lib.rs`) }, found],
    ["Cobertura below its source", { "cobertura.xml": cobertura("lib.rs", `${root}/src`) }, found],
    ["Cobertura with paths from the root", { "coverage.xml": cobertura("src/lib.rs") }, found],
    ["Clover", { "build/clover.xml": clover(`${root}/src/Sum.php`) }, ["src/Sum.php: 1 / 1,2"]],
    [
      "two files of one run",
      { "a/lcov.info": lcov("src/lib.rs"), "b/lcov.info": "SF:src/lib.rs\nDA:2,1\n" },
      ["src/lib.rs: 1,2 / 1,2"],
    ],
    ["a path that leads out", { "lcov.info": lcov("../../proof-1/src/lib.rs/../../../etc/passwd") }, nothing],
    ["another checkout's path", { "lcov.info": lcov("/somewhere/else/src/lib.rs") }, nothing],
    ["code that did not change", { "lcov.info": lcov("src/other.rs") }, nothing],
    ["numbers that are none", { "lcov.info": "SF:src/lib.rs\nDA:x,1\nDA:-1,1\nDA:1e99,1\nDA:,\n" }, nothing],
    [
      "another tool's XML",
      { "coverage.xml": "<report line-rate='1'><class filename='src/lib.rs'/></report>" },
      nothing,
    ],
    [
      "entities",
      { "coverage.xml": `<!DOCTYPE coverage [<!ENTITY a "aaaa">]>${cobertura("src/lib.rs").slice(110)}` },
      nothing,
    ],
    ["folders without end", { "coverage.xml": `<coverage line-rate="1">${"<a>".repeat(100_000)}` }, nothing],
    ["no XML", { "coverage.xml": "\u0000\u0001 <<<" }, nothing],
  ])("%s", async (_, left, expected) => {
    expect(await read(left)).toEqual(expected);
  });

  test("what ran stays told where a document ends too early", async () => {
    expect(await read({ "coverage.xml": cobertura("src/lib.rs").slice(0, -40) })).toEqual(found);
  });
});

test.each([
  ["lcov.info", 10, true],
  ["packages/a/coverage/cobertura-coverage.xml", 10, true],
  ["node_modules/a/lcov.info", 10, false],
  ["test/fixtures/clover.xml", 10, false],
  ["`x`\n/lcov.info", 10, false],
  ["src/users.info", 10, false],
  ["lcov.info", 17 * 1024 * 1024, false],
])("whether %j of %d bytes is read: %s", (path, bytes, isRead) => {
  const before = { files: [], whole: true };
  expect(chooseCoverage(before, { files: [{ path, bytes }], whole: true }).length > 0).toBe(isRead);
});

test("a file that was there before the run is not the run's", () => {
  const files = { files: [{ path: "lcov.info", bytes: 10 }], whole: true };
  expect(chooseCoverage(files, files)).toEqual([]);
});

describe("held against what the runtimes told", () => {
  const filed = new Map([["src/lib.rs", { ran: new Set([1]), code: new Set([1, 2]), report: "lcov.info" }]]);
  const unwatched = [{ path: "src/lib.rs", lines: new Set([1, 2, 3]) }];
  const js = (ran: boolean | undefined) => ({ path: "src/a.js", line: 1, last: 1, ran });
  const jsFiled = new Map([["src/a.js", { ran: new Set([1]), code: new Set([1]), report: "clover.xml" }]]);

  test.each([
    [
      "a language that nobody watches",
      { places: [], why: "no" },
      { told: [], unwatched, filed },
      "pass the run did not reach 1 of 2 changed statements (by lcov.info)",
    ],
    [
      "no file of coverage",
      { places: [], why: "no" },
      { told: [], unwatched, filed: new Map() },
      "not measured no",
    ],
    [
      "a browser, and a file of coverage",
      { places: [js(undefined)], why: "browser" },
      { told: [js(undefined)], unwatched: [], filed: jsFiled },
      "pass the run reached the changed statement (by clover.xml)",
    ],
    [
      "a runtime that knows better",
      { places: [js(false)], why: "" },
      { told: [js(false)], unwatched: [], filed: jsFiled },
      "attention the run did not reach 1 of 1 changed statements",
    ],
    [
      "both",
      { places: [js(true)], why: "" },
      { told: [js(true)], unwatched, filed },
      "pass the run did not reach 1 of 3 changed statements (by lcov.info)",
    ],
  ])("%s", (_, settled, told, expected) => {
    const { status, line } = checkCovered({ ...addTold(settled, told), noTest: undefined });

    expect(`${status} ${line}`).toBe(expected);
  });
});
