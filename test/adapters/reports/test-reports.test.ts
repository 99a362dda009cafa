import { mkdirSync, mkdtempSync, realpathSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { openTestReports } from "../../../src/adapters/reports/open-test-reports.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { LeftFiles, TestReports } from "../../../src/ports/workshop.ts";
import { readReports } from "../../../src/proof/counts/read-reports.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const root = testDirectory();
const none: LeftFiles = { files: [], whole: true };
let sandbox: OpenedSandbox;
let reports: TestReports;

beforeAll(async () => {
  sandbox = await openSandbox({ kind: "bwrap" });
  reports = openTestReports({ sandbox });
});

/** A checkout in which a command was run in the sandbox, as the validation is. */
async function ranIn(line: string, prepare: (directory: string) => void = () => undefined) {
  const directory = realpathSync(mkdtempSync(join(root, "checkout-")));
  prepare(directory);
  const before = await reports.list(directory);
  const exit = await runIn(sandbox, shell(line, { directory, writable: [directory] }), { directory: root });
  expect(exit.log.tail).toBe("");
  expect(exit.exitCode).toBe(0);
  return { directory, before };
}

const counts = async (...ran: Parameters<typeof ranIn>) =>
  readReports(await ranIn(...ran), { testReports: reports });

const suite = "<testsuite><testcase/></testsuite>";
const write = `printf '${suite}' >`;

describe("reports that a run left in its checkout", () => {
  test("are read as the user of the run, also where nobody else may", async () => {
    const found = await counts(
      `mkdir -m 700 reports && ${write} reports/junit.xml && chmod 600 reports/junit.xml`,
    );

    expect(found).toMatchObject({ passed: 1, whole: true, source: { names: ["reports/junit.xml"] } });
  });

  test("and not those that were there before it, be they overwritten", async () => {
    const found = await counts(`${write} junit.xml; ${write} reports/a.xml`, (directory) => {
      mkdirSync(join(directory, "reports"));
      writeFileSync(join(directory, "junit.xml"), suite);
    });

    expect(found).toMatchObject({ passed: 1, source: { names: ["reports/a.xml"] } });
  });

  test.each([
    ["spaces, quotes and stars", `reports/a "b" 'c' *$(x).xml`],
    ["a dash", "-rf junit.xml"],
    ["letters of Asia", "reports/結果.xml"],
  ])("are named with %s", async (_, path) => {
    const name = path.replaceAll("'", `'\\''`);
    const found = await counts(`mkdir reports; ${write} './${name}'`);

    expect(found).toMatchObject({ passed: 1, source: { names: [path] } });
  });
});

describe("what a hostile run leaves", () => {
  test.each([
    ["a link to a file of the host", "ln -s /etc/passwd junit.xml"],
    ["a link to a file beside it", `${write} a.txt; ln -s a.txt junit.xml`],
    ["a link to a folder", "mkdir -p /tmp/reports; ln -s /etc reports"],
    ["a FIFO", "mkfifo junit.xml"],
    ["a socket's folder", "mkdir junit.xml"],
    ["a file of 200 MB", "truncate -s 200M junit.xml"],
    ["an empty file", ": > junit.xml"],
    ["a file that nobody may read", `${write} junit.xml; chmod 000 junit.xml`],
    ["a file with a line break in its name", `${write} 'junit\n.xml'`],
    ["a file too deep to be found", `d=$(printf 'a/%.0s' $(seq 30)); mkdir -p $d && ${write} $d/junit.xml`],
  ])("%s: not measured", async (_, line) => {
    expect(await counts(line)).toBeUndefined();
  });

  test("a link that was there before it leads nowhere", async () => {
    const elsewhere = join(root, "elsewhere");
    mkdirSync(elsewhere);
    writeFileSync(join(elsewhere, "junit.xml"), suite);

    const found = await counts("true", (directory) => {
      symlinkSync(elsewhere, join(directory, "reports"));
    });

    expect(found).toBeUndefined();
  });

  test("beside these a good report is read", async () => {
    const found = await counts(
      `mkfifo a-junit.xml; ln -s /etc/passwd b-junit.xml; truncate -s 200M c-junit.xml; ${write} junit.xml`,
    );

    expect(found).toMatchObject({ passed: 1, whole: false, source: { names: ["junit.xml"] } });
  });

  test("10,000 reports are counted as far as the bound, and this is said", async () => {
    const found = await counts(`mkdir reports; seq 10000 | sed 's|.*|reports/&.xml|' | xargs -n 500 sh -c '
      for path; do echo "<testsuite name=\\"$path\\"><testcase/></testsuite>" >"$path"; done' sh`);

    expect(found).toMatchObject({ passed: 2_000, whole: false, source: { files: 2_000 } });
  });

  test("a name that is no UTF-8 is not read, and this is said", async () => {
    const found = await counts(`${write} "$(printf 'junit\\377.xml')"; ${write} junit.xml`);

    expect(found).toMatchObject({ passed: 1, whole: false });
  });
});

test("without a sandbox they are read as well", async () => {
  const open = openTestReports({ sandbox: await openSandbox({ kind: "none" }) });
  const { directory, before } = await ranIn(`${write} junit.xml; ln -s /etc/passwd reports.xml`);

  expect(await readReports({ directory, before }, { testReports: open })).toMatchObject({
    passed: 1,
    whole: true,
  });
});

test("files that are not as they were listed are not read", async () => {
  const { directory } = await ranIn(`${write} junit.xml`);
  const read = async (path: string, bytes: number) => {
    const found = [];
    for await (const file of reports.read(directory, [{ path, bytes }])) found.push(file);
    return found;
  };

  expect(await read("junit.xml", suite.length)).toHaveLength(1);
  expect(await read("junit.xml", 5)).toEqual([]);
  expect(await read("junit.xml", 500)).toEqual([]);
  expect(await read("gone.xml", 0)).toEqual([]);
  expect(await read("../../etc/hostname", 5)).toEqual([]);
});

test("a checkout that is gone has none", async () => {
  expect(await reports.list(join(root, "gone"))).toEqual({ ...none, whole: false });
});
