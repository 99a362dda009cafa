import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { fakeAgent } from "../../fixtures/agents/fake-agent.ts";
import { type AgentBench, openAgentBench } from "../../support/agent-bench.ts";

const place: { bench?: AgentBench } = {};

function bench(): AgentBench {
  if (!place.bench) throw new Error("no bench");
  return place.bench;
}

beforeEach(async () => {
  place.bench = await openAgentBench({ startMs: 10_000, graceMs: 2_000 });
});
afterEach(() => bench().close());

/** The command line of the scripted agent with turns of its own. */
async function scripted(...turns: object[]): Promise<string> {
  return fakeAgent("edits", await bench().write("script.json", JSON.stringify({ turns })));
}

const texts = (): string[] => bench().notes.map(({ text }) => text);

describe("a conversation", () => {
  test("is told before its prompt, with the agent's name and model", async () => {
    const report = await bench().work(fakeAgent("remembers"));

    expect(bench().sessions).toEqual([{ agent: "agent-1", id: expect.stringMatching(/^session-of-/) }]);
    expect(report).toMatchObject({ model: "big", summary: "Heard: Do the task." });
  });

  test.each(["load", "resume"])(
    "is gone on with by session/%s, and its old words are not new",
    async (how) => {
      await bench().work(fakeAgent("remembers", how));
      const [session] = bench().sessions;

      const report = await bench().work(fakeAgent("remembers", how), { session });

      expect(report).toMatchObject({ summary: "Heard: Go on.", costUsd: how === "load" ? 0.25 : 1.25 });
      expect(bench().sessions).toEqual([session, session]);
      expect(texts()).toEqual(["Heard: Do the task.", "Heard: Go on."]);
    },
  );

  test.each([
    ["cannot go on with one", ["none"], {}],
    ["has lost it", ["load"], { id: "another" }],
    ["is not the one that had it", ["load"], { agent: "agent-2" }],
  ])("is begun anew by an agent that %s", async (_, args, other) => {
    await bench().work(fakeAgent("remembers", ...args));
    const [session] = bench().sessions;

    const report = await bench().work(fakeAgent("remembers", ...args), {
      session: { agent: "agent-1", id: "", ...session, ...other },
    });

    expect(report.summary).toBe("Heard: Do the task.");
  });

  test("whose keeper refuses ends before the prompt", async () => {
    const refuse = (): never => {
      throw new Error("another worker has it");
    };
    bench().sessions.push = refuse;

    await expect(bench().work(fakeAgent("remembers"))).rejects.toThrow("another worker has it");
    expect(bench().notes).toEqual([]);
  });
});

describe("near the end of", () => {
  test.each([
    ["the money", { usd: 5 }, [{ cost: 4.1 }]],
    ["the time", { totalMs: 4_000 }, []],
  ])("%s an agent is told once to wrap up, and is heard", async (_, bounds, steps) => {
    const command = await scripted(
      {
        when: "Wrap up",
        steps: [{ write: { path: "whole.txt", text: "whole\n" } }, { say: "Rounded off." }],
      },
      { steps: [...steps, { say: "On it." }, { wait: { ms: 60_000 } }] },
    );

    const report = await bench().work(command, { bounds });

    expect(report).toMatchObject({ outcome: "finished", summary: "Rounded off." });
    expect(await bench().read("whole.txt")).toBe("whole\n");
    expect(texts().filter((text) => text === "Wrap up.")).toHaveLength(1);
  });

  test("the money one that does not hear it is stopped at its end, which is named", async () => {
    const command = await scripted(
      { when: "Wrap up", steps: [{ cost: 5.5 }, { wait: { ms: 60_000 } }] },
      { steps: [{ cost: 4.5 }, { wait: { ms: 60_000 } }] },
    );

    const report = await bench().work(command, { bounds: { usd: 5 } });

    expect(report).toMatchObject({
      outcome: "bound",
      cause: "stopped at the cost bound of $5.00",
      costUsd: 5.5,
    });
  });
});

describe("agents in an order", () => {
  const good = fakeAgent("idle");

  test.each([
    ["its quota", fakeAgent("refuses", "-32603", "API Error: Request rejected (429)", "rate_limit")],
    ["its quota", fakeAgent("refuses", "-32603", "You exceeded your current quota")],
    ["its authentication", fakeAgent("refuses", "-32000", "Authentication required")],
    ["its authentication", fakeAgent("refuses", "-32603", "Internal error: invalid x-api-key")],
    ["its overload", fakeAgent("refuses", "-32603", "API Error: 529 Overloaded")],
    ['program "no-such-agent" was not found', "no-such-agent --acp"],
  ])("fall through at %s, and the report names both", async (why, bad) => {
    const report = await bench().work([bad, good]);

    expect(report).toMatchObject({
      name: "idle",
      outcome: "finished",
      passedOver: [{ name: "agent-1", why: expect.stringContaining(why) }],
    });
    expect(texts()).toContainEqual(expect.stringMatching(/^agent-1 is passed over: /));
  });

  test("do not fall through at a failure of the work", async () => {
    const report = await bench().work([fakeAgent("refuses", "-32603", "the patch does not apply"), good]);

    expect(report).toMatchObject({ name: "refuses", outcome: "failed" });
    expect(await bench().read("begun.txt")).toBe("begun\n");
  });

  test("are unavailable together, each with its reason", async () => {
    const work = bench().work([fakeAgent("refuses", "-32000", "Log in"), "no-such-agent"]);

    await expect(work).rejects.toMatchObject({ kind: "agent-unavailable" });
    await expect(work).rejects.toThrow(/agent-1: .*authentication.*; agent-2: .*was not found/);
  });

  test("are refused where the brief sets money and none reports what it costs", async () => {
    const work = bench().work([good], { isMetered: true });

    await expect(work).rejects.toMatchObject({ kind: "brief" });
    await expect(work).rejects.toThrow(/budget in money cannot be held.*set the budget in minutes/);
    expect(bench().processes).toEqual([]);
  });
});

test.each([
  ["claude", /Install it: npm install -g @agentclientprotocol\/claude-agent-acp@/],
  ["codex", /Install it: npm install -g @agentclientprotocol\/codex-acp@/],
  ["cursor", /"cursor-agent" was not found\. Install it: see https/],
])("the preset %s that is not there is named with its install line", async (preset, message) => {
  const path = process.env.PATH;
  process.env.PATH = "/nowhere";
  try {
    await expect(bench().work(preset)).rejects.toThrow(message);
  } finally {
    process.env.PATH = path;
  }
});
