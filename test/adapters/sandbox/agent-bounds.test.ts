import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "@jest/globals";
import { openAgent } from "../../../src/adapters/agent/open-agent.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { TreeBounds } from "../../../src/domain/rules/limits.ts";
import { fakeAgent } from "../../fixtures/agents/fake-agent.ts";
import { processesWith } from "../../support/processes.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";

const root = testDirectory();
const at = {} as { sandbox: OpenedSandbox };
const mebibyte = 1024 * 1024;

beforeAll(async () => {
  at.sandbox = await openSandbox({ kind: "bwrap" });
});

/** Puts the agent of a command to work in a real sandbox; `directory` is its worktree. */
async function work(command: string, tree: Partial<TreeBounds>) {
  const place = mkdtempSync(join(root, "agent-"));
  const directory = join(place, "tree");
  const home = join(place, "home");
  for (const path of [directory, home]) mkdirSync(path);
  const { agent } = openAgent(
    { name: "hog", command, environment: {}, network: "none" },
    { sandbox: at.sandbox, clock: { now: () => new Date() }, readable: [], log: recordingLog() },
  );
  const report = await agent.work(
    {
      worktree: { directory, home, readable: [] },
      ...{ agents: [], taskFile: "TASK.md", session: null, isMetered: false },
      ...{ note: () => undefined, opened: async () => undefined },
      prompt: { anew: "Do the task.", resumed: "Go on.", wrapUp: "Wrap up." },
      bounds: {
        ...{ totalMs: 60_000, silenceMs: 60_000, usd: null, turns: { limit: 300, used: 0 } },
        ...tree,
      },
    },
    new AbortController().signal,
  );
  return { report, directory };
}

test.each([
  ["over the protocol", "memory", { memoryBytes: 500 * mebibyte }, fakeAgent("hogs")],
  [
    "as a command line",
    "memory",
    { memoryBytes: 500 * mebibyte },
    `exec:node -e 'const all = []; for (;;) all.push(Buffer.alloc(16 << 20, 1))'`,
  ],
  ["over the protocol", "disk", { diskBytes: 100 * mebibyte }, fakeAgent("hogs", "disk")],
  ["as a command line", "disk", { diskBytes: 100 * mebibyte }, "exec:head -c 500M /dev/zero > big; sleep 60"],
  ["over the protocol", "processes", { processes: 40 }, fakeAgent("hogs", "processes")],
])("an agent %s that takes too much of the %s is stopped, and the report says so", async (...row) => {
  const [, bound, tree, command] = row;

  const { report } = await work(command, tree);

  expect(report).toMatchObject({ outcome: "bound", bound, cause: `stopped at the bound of ${bound}` });
});

test("an agent's daemon in a session of its own, which holds the output open, does not outlive its leg", async () => {
  const { report, directory } = await work(fakeAgent("daemon", "detached"), {});
  const nap = readFileSync(join(directory, "daemon.nap"), "utf8");

  expect(report).toMatchObject({ outcome: "finished", summary: "Left something running." });
  expect(processesWith(`sleep ${nap}`)).toBe(0);
});
