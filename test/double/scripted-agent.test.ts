import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { Script } from "../../src/double/script.ts";
import { fakeAgent } from "../fixtures/agents/fake-agent.ts";
import { type AgentBench, openAgentBench } from "../support/agent-bench.ts";

const place: { bench?: AgentBench } = {};

function bench(): AgentBench {
  if (!place.bench) throw new Error("no bench");
  return place.bench;
}

beforeEach(async () => {
  place.bench = await openAgentBench();
});

afterEach(() => bench().close());

/** Writes a script beside the worktree and gives the command line that plays it. */
async function played(turns: object[]): Promise<string> {
  const path = join(bench().worktree.home, "script.json");
  await writeFile(path, JSON.stringify({ turns }));
  return fakeAgent("edits", path);
}

describe("the scripted agent", () => {
  test("does one thing for the task and another for the correction", async () => {
    await bench().write("sum.js", "export const sum = (a, b) => a - b;\n");
    const command = await played([
      {
        when: "[Cc]orrection",
        steps: [{ replace: { path: "sum.js", from: "(a, b) => a + b", to: "add" } }, { say: "Shorter." }],
      },
      { steps: [{ replace: { path: "sum.js", from: "a - b", to: "a + b" } }, { say: "Fixed." }] },
    ]);

    const first = await bench().work(command, { prompt: { anew: "Fix the sum." } });
    const second = await bench().work(command, { prompt: { anew: "A correction: make it shorter." } });

    expect([first.summary, second.summary]).toEqual(["Fixed.", "Shorter."]);
    expect(await bench().read("sum.js")).toBe("export const sum = add;\n");
  });

  test("writes, deletes and runs below its directory", async () => {
    await bench().write("old.txt", "old");
    const command = await played([
      {
        steps: [
          { write: { path: "a/b/new.txt", text: "new" } },
          { delete: { path: "old.txt" } },
          { run: { command: "ls > listing.txt; exit 1" } },
          { say: "Done." },
        ],
      },
    ]);

    expect(await bench().work(command)).toMatchObject({ outcome: "finished", summary: "Done." });
    expect(await bench().read("a/b/new.txt")).toBe("new");
    expect(await bench().read("listing.txt")).toBe("a\nlisting.txt\n");
  });

  test.each([["../outside.txt"], ["/tmp/outside.txt"], ["link/outside.txt"], ["dangling"], ["."]])(
    "does not touch %s",
    async (path) => {
      const outside = join(dirname(bench().worktree.directory), "elsewhere");
      await mkdir(outside);
      await symlink(outside, join(bench().worktree.directory, "link"));
      await symlink(join(outside, "outside.txt"), join(bench().worktree.directory, "dangling"));

      const report = await bench().work(await played([{ steps: [{ write: { path, text: "x" } }] }]));

      expect(report).toMatchObject({
        outcome: "failed",
        cause: expect.stringMatching(/outside|link that leads/),
      });
      await expect(readFile(join(outside, "outside.txt"))).rejects.toThrow("ENOENT");
    },
  );

  test.each([
    ["a step that it does not know", { turns: [{ steps: [{ dance: true }] }] }],
    ["a pattern that is none", { turns: [{ when: "(", steps: [] }] }],
    ["a key that it does not know", { turns: [], extra: 1 }],
  ])("refuses a script with %s", (_, script) => {
    expect(Script.safeParse(script).success).toBe(false);
  });
});
