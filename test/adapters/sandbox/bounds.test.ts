import { mkdirSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { TreeBounds } from "../../../src/domain/rules/limits.ts";
import { eventually, processesWith } from "../../support/processes.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { markedSeconds, shell } from "./confined.ts";

const directory = testDirectory();
const mebibyte = 1024 * 1024;
let work = "";

/** Looks at one byte of each 2 MiB of very much memory that it never fills. */
const sparse = `
  const all = Array.from({ length: 512 }, () => new ArrayBuffer(2 ** 30));
  let seen = 0;
  for (const view of all.map((one) => new DataView(one)))
    for (let at = 0; at < view.byteLength; at += 2 ** 21) seen += view.getUint8(at);
  console.log(seen);
  setInterval(() => all, 1e6);`;

/** Writes to sockets as much as the kernel takes. */
const unread = `
  const { createServer, connect } = require("net");
  const kept = [];
  createServer({ pauseOnConnect: true }, (one) => kept.push(one)).listen("\\0x", async () => {
    const full = Buffer.alloc(150 * 1024);
    for (let count = 0; count < 6000; count++)
      await new Promise((done) => kept.push(connect("\\0x", function () { this.write(full, done); })));
  });`;

/** Fills files that were removed while they are open, each of them below the bound. */
const nameless = `
  const fs = require("fs");
  const open = Array.from({ length: 8 }, () => {
    const file = fs.openSync("gone", "w");
    fs.unlinkSync("gone");
    for (let count = 0; count < 100; count++) fs.writeSync(file, Buffer.alloc(2 ** 20, 1));
    return file;
  });
  setInterval(() => open, 1e6);`;

/** Each greedy command, the bound that it meets, and how low that is here. */
const greedy: [what: string, cause: string, line: string, bounds: Partial<TreeBounds>][] = [
  [
    "memory in one process",
    "memory",
    "node -e 'const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1))'",
    { memoryBytes: 400 * mebibyte },
  ],
  [
    "memory in many processes",
    "memory",
    "for i in 1 2 3 4; do node -e 'const b = Buffer.alloc(128 << 20, 1); setInterval(() => b, 1e6)' & done; wait",
    { memoryBytes: 400 * mebibyte },
  ],
  ["processes, as a bomb", "processes", "bomb() { bomb | bomb & }; bomb; sleep SECONDS", { processes: 64 }],
  [
    "processes that all left their session",
    "processes",
    "i=0; while [ $i -lt 100 ]; do setsid sleep SECONDS & i=$((i + 1)); done; wait",
    { processes: 64 },
  ],
  [
    "memory in the kernel's tables of sparse memory",
    "memory",
    `node -e '${sparse}'`,
    { memoryBytes: 200 * mebibyte },
  ],
  ["memory in sockets that nobody reads", "memory", `node -e '${unread}'`, { memoryBytes: 600 * mebibyte }],
  ["a large file without a name", "disk", `node -e '${nameless}'`, { diskBytes: 300 * mebibyte }],
  ["one large file", "disk", "head -c 900M /dev/zero >file; sleep SECONDS", { diskBytes: 300 * mebibyte }],
  [
    "many files",
    "disk",
    "i=0; while :; do head -c 8M /dev/zero >file.$i; i=$((i + 1)); done",
    { diskBytes: 100 * mebibyte },
  ],
];

describe("what a tree under bubblewrap may hold", () => {
  let sandbox: OpenedSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ kind: "bwrap" });
  });

  test.each(greedy)("%s", async (what, cause, line, bounds) => {
    const seconds = markedSeconds();
    work = join(directory, what.replaceAll(" ", "-"));
    mkdirSync(work);
    const command = shell(line.replace("SECONDS", seconds), { directory: work, writable: [work] });

    const exit = await sandbox.run(
      { command, bounds: { totalMs: 60_000, silenceMs: 60_000, ...bounds }, log: `${work}.log` },
      new AbortController().signal,
    );

    expect(exit.endedBy).toBe(cause);
    expect(held(work)).toBeLessThan(700 * mebibyte);
    await eventually("nothing of the command is left", () => processesWith(seconds) === 0);
  });

  test("files in memory are memory", async () => {
    const command = shell("head -c 300M /dev/zero >/tmp/a; head -c 300M /dev/zero >/dev/shm/b; sleep 60");

    const exit = await sandbox.run(
      {
        command,
        bounds: { totalMs: 60_000, silenceMs: 60_000, memoryBytes: 450 * mebibyte },
        log: join(directory, "files-in-memory.log"),
      },
      new AbortController().signal,
    );

    expect(exit.endedBy).toBe("memory");
  });

  test("a dialogue is told which bound it met", async () => {
    const line = "node -e 'const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1))'";

    const dialogue = await sandbox.talk(shell(line), { memoryBytes: 300 * mebibyte });

    expect(await dialogue.ended).toMatchObject({ met: "memory" });
  });

  test("an ordinary command meets none", async () => {
    const exit = await sandbox.run(
      {
        command: shell("sleep 0.3; echo over"),
        bounds: { totalMs: 30_000, silenceMs: 30_000 },
        log: join(directory, "ordinary.log"),
      },
      new AbortController().signal,
    );

    expect([exit.endedBy, exit.exitCode]).toEqual(["itself", 0]);
  });
});

function held(path: string): number {
  return readdirSync(path).reduce((sum, name) => sum + statSync(join(path, name)).size, 0);
}
