import { once } from "node:events";
import { beforeAll, describe, expect, test } from "@jest/globals";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { eventually, processesWith } from "../../support/processes.ts";
import { markedSeconds, shell } from "./confined.ts";

describe.each(["bwrap", "none"] as const)("a dialogue under %s", (kind) => {
  let sandbox: OpenedSandbox;
  beforeAll(async () => {
    sandbox = await openSandbox({ kind });
  });

  test("is spoken over stdio, and ends with the exit code and the errors", async () => {
    const dialogue = await sandbox.talk(shell("read line; echo heard $line; echo oops >&2; exit 4"));

    dialogue.input.write("hello\n");
    const [answer] = await once(dialogue.output, "data");

    expect(String(answer)).toBe("heard hello\n");
    expect(await dialogue.ended).toEqual({ exitCode: 4, signal: null, stderrTail: "oops\n" });
  });

  test("ends with its last words, however many they are", async () => {
    const dialogue = await sandbox.talk(shell("head -c 3000000 /dev/zero | tr '\\0' x >&2; echo last >&2"));

    expect((await dialogue.ended).stderrTail).toMatch(/xlast\n$/);
  });

  test("ends although something holds its pipe open", async () => {
    const line = "(trap '' HUP; exec setsid sleep 30) & echo oops >&2; exit 3";
    const dialogue = await sandbox.talk(shell(line));

    expect(await dialogue.ended).toMatchObject({ exitCode: 3, stderrTail: "oops\n" });
    await dialogue.stop();
  });

  test("is stopped with its whole tree", async () => {
    const seconds = markedSeconds();
    const dialogue = await sandbox.talk(shell(`trap '' TERM; sleep ${seconds} & sleep ${seconds}`));
    await eventually("both sleep", () => processesWith(`sleep ${seconds}`) >= 2);

    await Promise.all([dialogue.stop(), dialogue.stop()]);

    expect(processesWith(seconds)).toBe(0);
    await dialogue.stop();
  });

  test("survives that the other side is gone", async () => {
    const dialogue = await sandbox.talk(shell("exit 0"));
    await dialogue.ended;

    dialogue.input.write("anybody?\n");

    expect((await dialogue.ended).exitCode).toBe(0);
  });

  test("is refused for an argument beyond what the system takes", async () => {
    const command = shell("", { argv: ["true", "x".repeat(200_000)] });

    await expect(sandbox.talk(command)).rejects.toMatchObject({ kind: "agent-unavailable" });
  });

  test("is refused for a program that is not there", async () => {
    await expect(sandbox.talk(shell("", { argv: ["no-such-agent"] }))).rejects.toMatchObject({
      kind: "agent-unavailable",
      message: expect.stringContaining("no-such-agent"),
    });
  });
});
