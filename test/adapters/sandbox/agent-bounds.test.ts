import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "@jest/globals";
import { openAgent } from "../../../src/adapters/agent/open-agent.ts";
import { openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import { fakeAgent } from "../../fixtures/agents/fake-agent.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";

const root = testDirectory();

test.each([
  ["over the protocol", fakeAgent("hogs")],
  ["as a command line", `exec:node -e 'const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1))'`],
])("an agent %s that takes too much memory is stopped, and the report says so", async (how, command) => {
  const [directory, home] = ["tree", "home"].map((name) => join(root, how.replaceAll(" ", "-"), name));
  for (const path of [directory, home]) mkdirSync(path ?? "", { recursive: true });
  const sandbox = await openSandbox({ kind: "bwrap" });
  const { agent } = openAgent(
    { name: "hog", command, environment: {}, network: "none" },
    { sandbox, clock: { now: () => new Date() }, readable: [], log: recordingLog() },
  );

  const report = await agent.work(
    {
      worktree: { directory: directory ?? "", home: home ?? "", readable: [] },
      ...{ agents: [], taskFile: "TASK.md", session: null, isMetered: false },
      ...{ note: () => undefined, opened: async () => undefined },
      prompt: { anew: "Do the task.", resumed: "Go on.", wrapUp: "Wrap up." },
      bounds: {
        ...{ totalMs: 60_000, silenceMs: 60_000, usd: null, turns: { limit: 300, used: 0 } },
        memoryBytes: 500 * 1024 * 1024,
      },
    },
    new AbortController().signal,
  );

  expect(report).toMatchObject({ outcome: "bound", cause: "stopped at the bound of memory" });
});
