import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { eventually, processesWith } from "../../support/processes.ts";
import { testDirectory } from "../../support/test-directory.ts";
import { markedSeconds, runIn, shell } from "./confined.ts";

const directory = testDirectory();

describe.each(["bwrap", "none"] as const)("a command under %s", (kind) => {
  let sandbox: OpenedSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ kind });
  });

  test("ends with its exit code, its lines in order, and a log that has the hash", async () => {
    const log = join(directory, `${kind}/in/order.log`);
    const command = shell("for i in 1 2 3 4 5 6 7 8 9; do echo out $i; echo err $i >&2; done; exit 3");

    const bounds = { totalMs: 10_000, silenceMs: 10_000 };
    const exit = await sandbox.run({ command, bounds, log }, new AbortController().signal);

    const lines = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((i) => `out ${i}\nerr ${i}\n`).join("");
    expect(exit).toMatchObject({ argv: command.argv, exitCode: 3, signal: null, endedBy: "itself" });
    expect(exit.log).toMatchObject({ bytes: lines.length, head: lines, tail: lines });
    expect(readFileSync(log, "utf8")).toBe(lines);
    expect(exit.log.sha256).toBe(createHash("sha256").update(lines).digest("hex"));
  });

  test("adds its output to a log that another run has begun, and the record is of the whole log", async () => {
    const log = join(directory, `${kind}/in/parts.log`);
    const { signal } = new AbortController();
    const bounds = { totalMs: 10_000, silenceMs: 10_000 };
    const part = (title: string, added: boolean) => ({ bounds, log, part: { title, added } });

    await sandbox.run({ command: shell("echo old"), bounds, log }, signal);
    await sandbox.run({ command: shell("echo one"), ...part("$ one", false) }, signal);
    const exit = await sandbox.run({ command: shell("echo two; exit 4"), ...part("$ two", true) }, signal);

    const text = "$ one\none\n$ two\ntwo\n";
    expect(readFileSync(log, "utf8")).toBe(text);
    expect(exit).toMatchObject({ exitCode: 4, log: { bytes: text.length, head: text, tail: text } });
    expect(exit.log.sha256).toBe(createHash("sha256").update(text).digest("hex"));
  });

  test("has nothing to read", async () => {
    const exit = await runIn(sandbox, shell("cat; echo over"), { directory });

    expect(exit.log.head).toBe("over\n");
  });

  test.each([
    ["time", "trap '' TERM; while :; do echo on; sleep 0.05; done", { totalMs: 300 }],
    ["silence", "echo one; sleep 60", { silenceMs: 300 }],
  ] as const)("meets the bound of %s", async (cause, line, bounds) => {
    const exit = await runIn(sandbox, shell(line), { directory, ...bounds });

    expect(exit.endedBy).toBe(cause);
    expect(exit.durationMs).toBeLessThan(60_000);
  });

  test("is given time to tidy up before it is killed", async () => {
    const begun = join(directory, `${kind}-begun`);
    const cancel = new AbortController();
    const line = `trap 'echo tidied; exit 0' TERM; : > ${begun}; sleep 60 & wait`;
    const command = shell(line, { directory, writable: [directory] });
    const running = runIn(sandbox, command, { directory, signal: cancel.signal });
    await eventually("the command has begun", () => existsSync(begun));

    cancel.abort();

    const exit = await running;
    expect([exit.endedBy, exit.log.tail]).toEqual(["cancel", "tidied\n"]);
  });

  test("is cancelled with all its children", async () => {
    const seconds = markedSeconds();
    const cancel = new AbortController();
    const running = runIn(sandbox, shell(`sleep ${seconds} & sleep ${seconds} | sleep ${seconds}`), {
      directory,
      signal: cancel.signal,
    });
    const begun = eventually("all three sleep", () => processesWith(`sleep ${seconds}`) >= 3);
    // If it ends before, its exit says why.
    expect(await Promise.race([begun, running])).toBe(undefined);

    cancel.abort();

    expect((await running).endedBy).toBe("cancel");
    expect(processesWith(seconds)).toBe(0);
  });

  test("is not even started when it was cancelled before", async () => {
    const exit = await runIn(sandbox, shell("echo ran"), { directory, signal: AbortSignal.abort() });

    expect([exit.endedBy, exit.log.bytes]).toEqual(["cancel", 0]);
  });

  test("floods 50 MB: all in the file, two ends in memory", async () => {
    const before = process.memoryUsage().rss;
    const line = "head -c 52428800 /dev/zero | tr '\\0' x; printf '\\nlast'";

    const exit = await runIn(sandbox, shell(line), { directory });

    expect(exit.log.bytes).toBe(52_428_805);
    expect([exit.log.head.length, exit.log.tail.length]).toEqual([65_536, 65_536]);
    expect(exit.log.tail.endsWith("x\nlast")).toBe(true);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024);
  });

  test("keeps whole characters and no colours", async () => {
    const line = "printf '\\033[31mred\\033[0m\\n'; yes 'ä€😀' | head -c 300001";

    const exit = await runIn(sandbox, shell(line), { directory });

    expect(exit.log.head.startsWith("red\nä€😀\n")).toBe(true);
    expect(exit.log.head).not.toContain("\ufffd");
    expect(exit.log.tail.slice(0, -1)).not.toContain("\ufffd");
  });

  test("is not waited for by a daemon that keeps the output open", async () => {
    const seconds = markedSeconds();

    const exit = await runIn(sandbox, shell(`setsid sleep ${seconds} & echo started`), { directory });

    expect([exit.endedBy, exit.exitCode, exit.log.head]).toEqual(["itself", 0, "started\n"]);
    expect(exit.durationMs).toBeLessThan(Number(seconds) * 1_000);
  });

  test.each([
    ["a program that is nowhere", shell("", { argv: ["no-such-program"] })],
    ["a directory that is nowhere", shell("true", { directory: "/no/such/directory" })],
    ["no program at all", shell("", { argv: [] })],
    ["a relative directory", shell("true", { readable: ["tmp"] })],
    ["an argument beyond what the system takes", shell("", { argv: ["true", "x".repeat(200_000)] })],
    ["an option of its own in a variable", shell("true", { environment: { A: "a\0--bind\0/\0/host" } })],
    ["an option of its own in a path", shell("true", { readable: ["/tmp\0--bind\0/\0/host"] })],
  ])("that names %s is told as not started", async (_, command) => {
    const exit = await runIn(sandbox, command, { directory });

    expect(exit).toMatchObject({ exitCode: null, signal: null, endedBy: "spawn" });
    expect(exit.log.tail).not.toBe("");
  });
});

describe("only under bwrap", () => {
  test.each([
    ["a new session", "setsid sleep SECONDS &"],
    ["a double fork", "(setsid sh -c 'sleep SECONDS & sleep SECONDS' &) &"],
    ["deafness", "trap '' TERM HUP INT; setsid nohup sleep SECONDS &"],
  ])("nothing survives the end by %s", async (_, line) => {
    const sandbox = await openSandbox({ kind: "bwrap" });
    const seconds = markedSeconds();

    await runIn(sandbox, shell(line.replaceAll("SECONDS", seconds)), { directory });

    expect(processesWith(seconds)).toBe(0);
  });

  test("a program of the host that is not shown inside counts as missing", async () => {
    const sandbox = await openSandbox({ kind: "bwrap" });

    const exit = await runIn(sandbox, shell("", { argv: [join(process.cwd(), "node_modules/.bin/tsc")] }), {
      directory,
    });

    expect(exit.endedBy).toBe("spawn");
  });

  test("text is redacted", async () => {
    const sandbox = await openSandbox({ kind: "bwrap", redact: (text) => text.replaceAll("secret", "***") });

    const exit = await runIn(sandbox, shell("echo my secret"), { directory });

    expect([exit.log.head, exit.log.tail]).toEqual(["my ***\n", "my ***\n"]);
  });
});

test("auto finds bubblewrap and says so", async () => {
  const sandbox = await openSandbox({ kind: "auto" });

  expect([sandbox.kind, sandbox.describe()]).toEqual(["bwrap", "bubblewrap with a minimal root"]);
});
