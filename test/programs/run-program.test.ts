import { execFile } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import type { ProgramCall } from "../../src/programs/program.ts";
import { runProgram } from "../../src/programs/run-program.ts";
import { isAlive } from "../support/is-alive.ts";
import { temporaryDirectory } from "../support/temporary-directory.ts";

const execute = promisify(execFile);

let place: Awaited<ReturnType<typeof temporaryDirectory>>;
beforeAll(async () => {
  place = await temporaryDirectory();
});
afterAll(() => place.remove());

describe("a program of the host", () => {
  test("reads its input and writes in its directory, with the environment given and no other", async () => {
    const end = await run("cat; pwd; env | grep -v -e ^PWD -e ^SHLVL -e ^_=", {
      input: "read\n",
      environment: { A: "1" },
    });
    expect(textsOf(end)).toEqual({ stdout: `read\n${place.directory}\nA=1\n`, stderr: "" });
    expect(end).toMatchObject({ exitCode: 0, timedOut: false, overflowed: false });
    expect(end.problem).toBeUndefined();
  });

  test("reads bytes of any value, and a file", async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 256);
    const inputFile = join(place.directory, "bytes");
    await writeFile(inputFile, bytes);
    expect(Buffer.compare((await run("cat", { input: bytes })).stdout, bytes)).toBe(0);
    expect(Buffer.compare((await run("cat", { inputFile })).stdout, bytes)).toBe(0);
  });

  test.each<[string, Partial<ProgramCall>, object]>([
    [
      "ends with another code",
      { argv: ["-c", "echo no >&2; exit 3"] },
      { exitCode: 3, problem: expect.stringContaining("exit code 3") },
    ],
    [
      "is ended by a signal",
      { argv: ["-c", "kill -SEGV $$"] },
      { exitCode: undefined, problem: expect.stringContaining("SIGSEGV") },
    ],
    [
      "takes too long",
      { argv: ["-c", "exec sleep 600"], timeoutMs: 50 },
      { timedOut: true, problem: expect.stringContaining("timed out") },
    ],
    [
      "writes too much",
      { argv: ["-c", "yes"], outputBytes: 10_000 },
      { overflowed: true, problem: expect.stringContaining("larger") },
    ],
    [
      "is not there",
      { file: "no-such-program" },
      { exitCode: undefined, problem: expect.stringContaining("ENOENT") },
    ],
    [
      "has a directory that is not there",
      { directory: "/no/such" },
      { exitCode: undefined, problem: expect.stringContaining("/no/such") },
    ],
    [
      "has an input file that is not there",
      { inputFile: "/no/such" },
      { problem: expect.stringContaining("/no/such") },
    ],
    [
      "has an argument with NUL",
      { argv: ["-c", "echo a\0b"] },
      { problem: expect.stringContaining("null bytes") },
    ],
    [
      "has more arguments than the kernel takes",
      { argv: ["-c", "x".repeat(3_000_000)] },
      { problem: expect.stringContaining("E2BIG") },
    ],
  ])("that %s says so", async (_, call, said) => {
    expect(await run("true", call)).toMatchObject(said);
  });

  test("answers each of many calls at once with its own end", async () => {
    const ends = await Promise.all(Array.from({ length: 20 }, (_, index) => run(`echo ${index}`)));
    expect(ends.map((end) => textsOf(end).stdout)).toEqual(ends.map((_, index) => `${index}\n`));
  });
});

describe("the process that starts programs", () => {
  test("may be killed: the call says so, and the next one has another", async () => {
    expect((await run('kill -KILL "$PPID"')).problem).toContain("the process that starts programs ended");
    expect((await run("true")).problem).toBeUndefined();
  });

  test("goes on when it is told to end, as its service does until its step is over", async () => {
    expect((await run('kill -TERM "$PPID"; kill -INT "$PPID"; echo on')).problem).toBeUndefined();
  });

  test("keeps nobody alive, and ends with its process even if that is killed", async () => {
    const script = `
      import { runProgram } from ${JSON.stringify(new URL("../../src/programs/run-program.js", import.meta.url).href)};
      const call = { file: "sh", argv: ["-c", 'echo "$PPID"'], directory: "/", environment: {}, timeoutMs: 60000, outputBytes: 100 };
      const { stdout } = await runProgram(call);
      process.stdout.write(stdout);
      if (process.argv[1] === "killed") process.kill(process.pid, "SIGKILL");`;
    for (const how of ["idle", "killed"]) {
      const node = execute(process.execPath, ["--input-type=module", "-e", script, how]);
      const { stdout } = await node.catch((error: { stdout: string }) => error);
      expect(Number(stdout)).toBeGreaterThan(0);
      expect(await isAlive(Number(stdout))).toBe(false);
    }
  });
});

function run(script: string, call: Partial<ProgramCall> = {}) {
  const usual = { file: "sh", argv: ["-c", script], directory: place.directory, environment: {} };
  return runProgram({ ...usual, timeoutMs: 600_000, outputBytes: 1024 * 1024, ...call });
}

function textsOf({ stdout, stderr }: { stdout: Uint8Array; stderr: Uint8Array }) {
  return { stdout: Buffer.from(stdout).toString(), stderr: Buffer.from(stderr).toString() };
}
