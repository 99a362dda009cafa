import { readdir } from "node:fs/promises";
import { dirname } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { openAgent } from "../../../src/adapters/agent/open-agent.ts";
import { type AgentBench, openAgentBench } from "../../support/agent-bench.ts";
import { plainSandbox } from "../../support/plain-sandbox.ts";
import { recordingLog } from "../../support/recording-log.ts";

const place: { bench?: AgentBench } = {};

function bench(): AgentBench {
  if (!place.bench) throw new Error("no bench");
  return place.bench;
}

beforeEach(async () => {
  place.bench = await openAgentBench();
});

afterEach(() => bench().close());

describe("an exec: agent", () => {
  test.each([
    ["exec:echo working; echo done", {}, { name: "agent-1", outcome: "finished", summary: "working\ndone" }],
    [
      "exec:echo no >&2; exit 3",
      {},
      { outcome: "failed", cause: "the command exited with code 3", summary: "no" },
    ],
    ["exec:kill -9 $$", {}, { outcome: "failed", cause: "the command was ended by SIGKILL" }],
    ["exec:no-such-command", {}, { outcome: "failed", cause: "the command exited with code 127" }],
    ["exec:sleep 60", { totalMs: 200 }, { outcome: "bound", cause: "stopped at the time bound of 200 ms" }],
    [
      "exec:sleep 60",
      { silenceMs: 200 },
      { outcome: "bound", cause: "stopped at the silence bound: no output for 200 ms" },
    ],
  ])("%s within %j", async (command, bounds, expected) => {
    expect(await bench().work(command, { bounds })).toMatchObject({
      ...expected,
      version: null,
      costUsd: null,
    });
  });

  test("reads the task file, has the home of the attempt and edits the worktree", async () => {
    await bench().write("TASK.md", "the task\n");

    await bench().work(
      'exec:cat "$DRAFTHORSE_TASK_FILE" > copy.txt; pwd >> copy.txt; echo "$HOME" >> copy.txt',
    );

    const { directory, home } = bench().worktree;
    expect(await bench().read("copy.txt")).toBe(`the task\n${directory}\n${home}\n`);
  });

  test("notes its command line and its last words", async () => {
    await bench().work("exec:echo done");

    expect(bench().notes).toEqual([
      { kind: "tool", text: "echo done" },
      { kind: "message", text: "done" },
    ]);
  });

  test("is cancelled", async () => {
    const report = await bench().work("exec:sleep 60", { signal: AbortSignal.timeout(100) });

    expect(report).toMatchObject({ outcome: "cancelled", cause: "cancelled on request" });
  });

  test("leaves no log beside the worktree", async () => {
    await bench().work("exec:echo done");

    expect((await readdir(dirname(bench().worktree.home))).sort()).toEqual(["home", "tree"]);
  });

  test("that cannot be started is unavailable", async () => {
    const { agent } = openAgent(
      { name: "true", command: "exec:true", environment: { PATH: "/nowhere" }, network: "none" },
      { sandbox: plainSandbox(), clock: { now: () => new Date(0) }, readable: [], log: recordingLog() },
    );
    const order = {
      agents: [],
      worktree: { ...bench().worktree, directory: "/no/such/directory" },
      taskFile: "TASK.md",
      prompt: { anew: "", resumed: "", wrapUp: "" },
      session: null,
      bounds: { totalMs: 5_000, silenceMs: 5_000, usd: null, turns: { limit: 300, used: 0 } },
      isMetered: false,
      note: () => undefined,
      opened: async () => undefined,
    };

    await expect(agent.work(order, new AbortController().signal)).rejects.toMatchObject({
      kind: "agent-unavailable",
    });
  });
});
