import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { fakeAgent } from "../../fixtures/agents/fake-agent.ts";
import { type AgentBench, openAgentBench } from "../../support/agent-bench.ts";

const at = {} as { bench: AgentBench };
const unhandled: unknown[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

beforeEach(async () => {
  process.on("unhandledRejection", onUnhandled);
  at.bench = await openAgentBench({ startMs: 5_000, graceMs: 200 });
});

afterEach(async () => {
  await Promise.all(at.bench.processes.map(({ ended }) => ended));
  await at.bench.close();
  process.off("unhandledRejection", onUnhandled);
  expect(unhandled).toEqual([]);
});

const methodNotFound = -32601;
const invalidParams = -32602;
const finished = { outcome: "finished", cause: "the agent ended its turn" };
const failed = (cause: string) => ({ outcome: "failed", cause });
const notAcp = failed("the agent's answer is not one of ACP version 1");
const silent = { outcome: "bound", bound: "silence" };

describe("an agent that", () => {
  test.each<[string, object]>([
    ["answers other ids", silent],
    ["answers twice", finished],
    ["answers with a reason of its own", notAcp],
    ["answers with nothing", failed("the agent answered with an error: Invalid request")],
    ["answers with an error that is none", { outcome: "failed" }],
    [
      "asks for what is not offered",
      { ...finished, summary: JSON.stringify([1, 2, 3, 4].map(() => methodNotFound)) },
    ],
    [
      "asks with nothing to choose",
      {
        ...finished,
        summary: JSON.stringify([{ outcome: { outcome: "cancelled" } }, invalidParams, invalidParams]),
      },
    ],
    ["spends oddly", { ...finished, costUsd: 0.25 }],
    ["spends beyond measure", { outcome: "bound", bound: "cost" }],
    [
      "says bytes that are no text",
      { ...finished, summary: "a\ufffd\ufffd\ufffd(\ufffd\ufffd\ufffd\0\ufffdz" },
    ],
    ["nests deeply", { ...finished, summary: "Done." }],
    ["sends a line of a million parts", failed("the agent sent a line of more than 100000 parts")],
    ["sends a line of a million levels", failed("the agent sent a line of more than 100000 parts")],
    ["sends a file of brackets", finished],
  ])("%s", async (way, expected) => {
    const report = await at.bench.work(fakeAgent("mangles", way), { bounds: { silenceMs: 3_000, usd: 5 } });

    expect(report).toMatchObject(expected);
  });

  test("floods its updates for seconds comes to its end, in bounded notes", async () => {
    const report = await at.bench.work(fakeAgent("mangles", "floods", "2000"));

    expect(report).toMatchObject({ ...finished, summary: expect.stringMatching(/x the end$/) });
    expect(Buffer.byteLength(report.summary)).toBeLessThanOrEqual(8 * 1024);
    expect(at.bench.notes.length).toBeLessThanOrEqual(2_000);
  });

  test.each<[object | string, RegExp]>([
    [{ protocolVersion: 2 }, /it speaks ACP version 2, not 1/],
    [{ protocolVersion: 0 }, /it speaks ACP version 0, not 1/],
    [{ protocolVersion: 1e308 }, /it speaks ACP version 1e\+308, not 1/],
    [{ protocolVersion: "1" }, /is not one of ACP version 1/],
    [{}, /is not one of ACP version 1/],
    ["hello", /is not one of ACP version 1/],
  ])("greets with %j is not put to work", async (greeting, why) => {
    const work = at.bench.work(fakeAgent("mangles", "greets", JSON.stringify(greeting)));

    await expect(work).rejects.toMatchObject({
      kind: "agent-unavailable",
      message: expect.stringMatching(why),
    });
  });

  test("leaves before its prompt has failed", async () => {
    const report = await at.bench.work(fakeAgent("mangles", "leaves"));

    expect(report).toMatchObject(failed("the agent exited with code 0 without an answer"));
  });
});
