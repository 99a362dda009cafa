import { mkdtempSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { findFaketime, openDates } from "../../../src/adapters/reports/open-dates.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { runIn, shell } from "../sandbox/confined.ts";

const root = testDirectory();
let sandbox: OpenedSandbox;

beforeAll(async () => {
  sandbox = await openSandbox({ kind: "bwrap" });
});

const dayMs = 24 * 60 * 60 * 1000;

/** What a program of Node.js prints where it is 1,000 days later. */
async function printed(program: string, library?: string): Promise<unknown> {
  const directory = realpathSync(mkdtempSync(join(root, "checkout-")));
  writeFileSync(join(directory, "program.js"), program);
  const { told, readable } = openDates({ library }).shift(1_000);
  const command = shell("node program.js", { directory, writable: [directory] });
  const environment = told(command.environment);
  const exit = await runIn(sandbox, { ...command, readable, environment }, { directory: root });
  return JSON.parse(exit.log.tail);
}

const times = "[Date.now(), +new Date(), +new (class extends Date {})(), Date.parse(Date())]";

test.each([
  ["a program", `console.log(JSON.stringify(${times}))`],
  [
    "a context of its own, as in jest",
    `const vm = require("vm"); console.log(vm.runInContext(\`JSON.stringify(${times})\`, vm.createContext({})))`,
  ],
  [
    "a child",
    `console.log(require("child_process").execFileSync(process.execPath, ["-p", ${JSON.stringify(`JSON.stringify(${times})`)}]).toString())`,
  ],
  [
    "a thread",
    `new (require("worker_threads").Worker)(${JSON.stringify(`console.log(JSON.stringify(${times}))`)}, { eval: true })`,
  ],
])("Node.js believes that it is another day: %s", async (_, program) => {
  const days = ((await printed(program)) as number[]).map((time) => (time - Date.now()) / dayMs);

  expect(days.map(Math.round)).toEqual([1_000, 1_000, 1_000, 1_000]);
});

const library = findFaketime();

(library === undefined ? test.skip : test)(
  "a program in the sandbox believes the library, and so does its child",
  async () => {
    const program = `
    const { execFileSync } = require("child_process");
    const child = execFileSync("sh", ["-c", "date +%s"]).toString();
    console.log(JSON.stringify([Date.now(), Number(child) * 1000]));
  `;
    const days = ((await printed(program, library)) as number[]).map((time) => (time - Date.now()) / dayMs);

    expect(days.map(Math.round)).toEqual([1_000, 1_000]);
  },
);

test("dates that a program has of its own stay, and a test may still put a clock in the place of ours", async () => {
  const program = `
    const then = new Date(2020, 1, 3);
    const { now } = Date;
    Date.now = () => 7;
    const faked = Date.now();
    Date.now = now;
    const Real = Date;
    globalThis.Date = class extends Real { constructor() { super(9); } };
    console.log(JSON.stringify([then.getFullYear(), then instanceof Real, then.constructor === Real, faked, +new Date(),
      Object.prototype.toString.call(then), Real.UTC(1970, 0, 1), Real.name, Real.length]))`;

  expect(await printed(program)).toEqual([2020, true, true, 7, 9, "[object Date]", 0, "Date", 7]);
});

test.each([
  ["src/a.ts", "/usr/lib/faketime/libfaketimeMT.so.1", true],
  ["src/a.py", "/usr/lib/faketime/libfaketimeMT.so.1", true],
  ["src/lib.rs", "/usr/lib/faketime/libfaketimeMT.so.1", true],
  ["a.go", "/usr/lib/faketime/libfaketimeMT.so.1", false],
  ["src/A.java", "/usr/lib/faketime/libfaketimeMT.so.1", false],
  ["src/a.ts", undefined, true],
  ["src/a.py", undefined, false],
  ["src/lib.rs", undefined, false],
])(
  "whether what is made of %s can be told another date, with the library at %s: %s",
  (path, library, can) => {
    expect(openDates({ library }).reach(path).can).toBe(can);
  },
);

test.each([
  ["src/a.py", /libfaketime is not installed/],
  ["a.go", /its language/],
])("why %s cannot be told another date names what would help", (path, why) => {
  expect(openDates({ library: undefined }).reach(path)).toMatchObject({ why: expect.stringMatching(why) });
});
