import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { type FakeAgent, fakeAgent } from "../../fixtures/agents/fake-agent.ts";
import { type AgentBench, openAgentBench } from "../../support/agent-bench.ts";
import { isAlive } from "../../support/is-alive.ts";

const place: { bench?: AgentBench } = {};
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

function bench(): AgentBench {
  if (!place.bench) throw new Error("no bench");
  return place.bench;
}

beforeEach(async () => {
  process.on("unhandledRejection", onUnhandled);
  place.bench = await openAgentBench();
});

afterEach(async () => {
  expect(await stillAlive()).toBe(0);
  await bench().close();
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled).toEqual([]);
});

/** How many of the started processes outlived their work. */
async function stillAlive(): Promise<number> {
  const ends = bench().processes.map(({ ended }) => Promise.race([ended.then(() => 0), nextTurn(1)]));
  return (await Promise.all(ends)).reduce((sum, alive) => sum + alive, 0);
}

/** The command line of the scripted agent with a script of its own. */
async function scripted(...steps: object[]): Promise<string> {
  return fakeAgent("edits", await bench().write("script.json", JSON.stringify({ turns: [{ steps }] })));
}

/** A shell script that answers one request after the other. */
function answers(...messages: object[]): string {
  const lines = messages.map((message) =>
    JSON.stringify({ jsonrpc: "2.0", ...message }).replaceAll('"', '\\"'),
  );
  return `${lines.map((line) => `read request; echo "${line}"`).join("; ")}; cat`;
}

describe("an agent that works", () => {
  test("edits the worktree, and its report says who it was and what it said last", async () => {
    const command = await scripted(
      { say: "I look around." },
      { write: { path: "src/new.txt", text: "new\n" } },
      { say: "I added " },
      { say: "a file." },
    );

    const report = await bench().work(command);

    expect(report).toEqual({
      name: "scripted-agent",
      version: "1.0.0",
      model: null,
      outcome: "finished",
      cause: "the agent ended its turn",
      summary: "I added a file.",
      costUsd: null,
      turns: null,
      durationMs: expect.any(Number),
      sandbox: "none",
    });
    expect(await bench().read("src/new.txt")).toBe("new\n");
  });

  test("tells its timeline whole messages, thoughts, plans, tools and permissions", async () => {
    const command = await scripted(
      { think: "What is " },
      { think: "this?" },
      { plan: ["Look", "Mend"] },
      { ask: "May I run the tests?" },
      { run: { command: "echo green" } },
      { say: "All is " },
      { say: "well." },
    );

    await bench().work(command);

    expect(bench().notes).toEqual([
      { kind: "thought", text: "What is this?" },
      { kind: "plan", text: "[ ] Look\n[ ] Mend" },
      { kind: "permission", text: "allowed once: May I run the tests?" },
      { kind: "tool", text: "Run echo green" },
      { kind: "message", text: "All is well." },
    ]);
  });

  test("names its cost where it reports one", async () => {
    const command = await scripted({ cost: 0.25 }, { cost: 0.5 }, { say: "Done." });

    expect(await bench().work(command)).toMatchObject({ costUsd: 0.5, outcome: "finished" });
  });

  test("keeps the end of a long message as its summary", async () => {
    const command = await scripted({ say: `${"ä".repeat(20_000)} the end` });

    const { summary } = await bench().work(command);

    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(8 * 1024);
    expect(summary).toMatch(/^ä+ the end$/);
  });

  test.each([
    ["refusal", "failed"],
    ["max_tokens", "failed"],
    ["max_turn_requests", "failed"],
  ])("ends by %s as %s, and the cause names it", async (stop, outcome) => {
    const report = await bench().work(await scripted({ stop }));

    expect(report).toMatchObject({ outcome, cause: expect.stringContaining(stop) });
  });

  test("that meets an error of its own has failed with its words", async () => {
    const report = await bench().work(await scripted({ replace: { path: "none.txt", from: "a", to: "b" } }));

    expect(report).toMatchObject({ outcome: "failed", cause: expect.stringMatching(/error: .*ENOENT/) });
    expect(bench().notes).toContainEqual({ kind: "tool", text: "failed: Edit none.txt" });
  });
});

describe("an agent that misbehaves", () => {
  const cases: [FakeAgent, string[], object][] = [
    ["idle", [], { name: "idle", version: "1.2.3", outcome: "finished", summary: "" }],
    ["liar", ["code.js"], { outcome: "finished", summary: expect.stringContaining("all tests pass") }],
    ["crashes", [], { outcome: "failed", cause: expect.stringMatching(/code 3 .*panic: out of ideas/) }],
    ["garbles", [], { outcome: "finished", summary: "Done in spite of all." }],
    ["half", [], { outcome: "failed", cause: "the agent exited with code 0 without an answer" }],
    ["long-line", [], { outcome: "failed", cause: "the agent sent a line of more than 16 MiB" }],
    [
      "floods",
      ["requests"],
      { outcome: "failed", cause: expect.stringContaining("does not read the answers") },
    ],
    ["daemon", [], { outcome: "finished", summary: "Left something running." }],
    ["daemon", ["mute"], { outcome: "failed", cause: "the agent exited with code 0 without an answer" }],
  ];

  test.each(cases)("%s %j ends by itself", async (name, args, expected) => {
    expect(await bench().work(fakeAgent(name, ...args))).toMatchObject(expected);
  });

  test("liar breaks what it says it mended", async () => {
    await bench().work(fakeAgent("liar", "code.js"));

    expect(await bench().read("code.js")).toBe("this is ( not code\n");
  });

  test("crashes leaves its edits", async () => {
    await bench().work(fakeAgent("crashes"));

    expect(await bench().read("half-done.txt")).toBe("half\n");
  });

  test.each([[[]], [["mute"]]])("daemon %j leaves no process behind", async (args) => {
    await bench().work(fakeAgent("daemon", ...args));

    expect(await isAlive(Number(await bench().read("daemon.pid")))).toBe(false);
  });
});

describe("bounds", () => {
  const time = { outcome: "bound", cause: "stopped at the time bound of 700 ms" };
  const silence = { outcome: "bound", cause: "stopped at the silence bound: no output for 700 ms" };

  test.each<{ name: FakeAgent; args: string[]; bounds: object; expected: object }>([
    { name: "hangs", args: [], bounds: { totalMs: 700 }, expected: time },
    { name: "hangs", args: [], bounds: { silenceMs: 700 }, expected: silence },
    { name: "garbles", args: ["only"], bounds: { silenceMs: 700 }, expected: silence },
    { name: "floods", args: ["updates"], bounds: { totalMs: 700 }, expected: time },
    { name: "floods", args: ["noise"], bounds: { totalMs: 700 }, expected: time },
  ])("$name $args within $bounds is stopped", async ({ name, args, bounds, expected }) => {
    const report = await bench().work(fakeAgent(name, ...args), { bounds });

    expect(report).toMatchObject(expected);
  });

  test("on what the tree may hold go to the sandbox with the command", async () => {
    const held = { memoryBytes: 2 ** 28, processes: 7, diskBytes: 2 ** 20 };

    await bench().work(fakeAgent("idle"), { bounds: held });

    expect(bench().asked).toEqual([[expect.anything(), expect.objectContaining(held)]]);
  });

  test("a flood makes a bounded number of bounded notes", async () => {
    await bench().work(fakeAgent("floods"), { bounds: { totalMs: 1_500 } });

    expect(bench().notes.length).toBeLessThanOrEqual(2_000);
    expect(Math.max(...bench().notes.map(({ text }) => Buffer.byteLength(text)))).toBeLessThanOrEqual(2_048);
  });
});

describe("a cancel", () => {
  test("lets an agent that hears it end its turn", async () => {
    const controller = new AbortController();
    const command = await scripted({ say: "Waiting." }, { think: "…" }, { wait: { ms: 60_000 } });

    const report = await bench().work(command, {
      signal: controller.signal,
      onNote: () => controller.abort(),
    });

    expect(report).toMatchObject({
      outcome: "cancelled",
      cause: "cancelled on request",
      summary: "Waiting.",
    });
  });

  test("stops an agent that does not hear it", async () => {
    const controller = new AbortController();
    const command = fakeAgent("floods");

    const report = await bench().work(command, {
      signal: controller.signal,
      onNote: () => controller.abort(),
    });

    expect(report).toMatchObject({ outcome: "cancelled", cause: "cancelled on request" });
  });

  test("that came before starts nothing", async () => {
    const report = await bench().work(fakeAgent("hangs"), { signal: AbortSignal.abort() });

    expect(report).toMatchObject({ name: "node", version: null, outcome: "cancelled" });
    expect(bench().processes).toEqual([]);
  });

  test("during the handshake is a cancel too", async () => {
    const report = await bench().work(fakeAgent("deaf"), { signal: AbortSignal.timeout(100) });

    expect(report).toMatchObject({ name: "node", outcome: "cancelled" });
  });
});

describe("an agent that cannot be put to work", () => {
  beforeEach(async () => {
    await bench().close();
    place.bench = await openAgentBench({ startMs: 600, graceMs: 200 });
  });

  test.each([
    ["no-such-agent --acp", /program "no-such-agent" was not found: install it/],
    [fakeAgent("deaf"), /"node" could not be put to work: it did not answer initialize in time. Check/],
    ["sh -c 'echo no key >&2; exit 4'", /"sh" could not .*exited with code 4 without an answer: no key/],
    [`sh -c '${answers({ id: 0, result: { protocolVersion: 2 } })}'`, /it speaks ACP version 2, not 1/],
    [`sh -c '${answers({ id: 0, result: "hello" })}'`, /the agent's answer is not one of ACP version 1/],
    [
      `sh -c '${answers(
        { id: 0, result: { protocolVersion: 1 } },
        { id: 1, error: { code: -32000, message: "Authentication required" } },
      )}'`,
      /answered with an error: Authentication required\. Check its log-in/,
    ],
    ["cat", /could not be put to work: the agent answered with an error/],
  ])("%s is unavailable", async (command, message) => {
    await expect(bench().work(command)).rejects.toMatchObject({ kind: "agent-unavailable" });
    await expect(bench().work(command)).rejects.toThrow(message);
  });
});
