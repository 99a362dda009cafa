import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openAgent } from "../../../src/adapters/agent/open-agent.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { AgentReport } from "../../../src/domain/evidence/evidence.ts";
import type { Prices } from "../../../src/domain/evidence/model-usage.ts";
import { fakeAgent } from "../../fixtures/agents/fake-agent.ts";
import { startServer, type TestServer } from "../../support/http-server.ts";
import { recordingLog } from "../../support/recording-log.ts";
import { testDirectory } from "../../support/test-directory.ts";

const directory = testDirectory();
const at = {} as { sandbox: OpenedSandbox; gateway: TestServer };
const price = { input: 1, output: 10 };

beforeAll(async () => {
  at.sandbox = await openSandbox({ kind: "bwrap" });
  const usage = { input_tokens: 500_000, output_tokens: 50_000 };
  at.gateway = await startServer((_, response) => response.end(JSON.stringify({ model: "m", usage })));
});
afterAll(() => at.gateway.close());

type Wish = {
  prices?: Prices;
  budgetUsd?: number;
  turns?: number;
  mustMeasure?: boolean;
  signal?: AbortSignal;
};

/** A line that asks the model so often, and then says what it was answered. */
const asking = (times: number): string =>
  `for i in $(seq ${times}); do curl -sS -o /dev/null -w '%{http_code} ' -d '{}' -H "Authorization: Bearer $OPENAI_API_KEY" $OPENAI_BASE_URL/responses; done`;

/** Puts the agent of a command to work at a place of its own, and says what it told on the way. */
async function work(command: string, wish: Wish = {}): Promise<{ report: AgentReport; told: string[] }> {
  const root = mkdtempSync(join(directory, "attempt-"));
  const worktree = { directory: join(root, "work"), home: join(root, "home"), readable: [] };
  for (const path of [worktree.directory, worktree.home]) mkdirSync(path, { recursive: true });
  const setup = { clock: { now: () => new Date() }, readable: [], log: recordingLog() };
  const { prices = {} } = wish;
  const model = { provider: "openai", key: "real", upstream: at.gateway.url, prices } as const;
  const { agent, reportsCost } = openAgent(
    { name: "probe", command, environment: {}, network: "none", model },
    { ...setup, sandbox: at.sandbox, patience: { startMs: 20_000, graceMs: 2_000 } },
  );
  expect(reportsCost).toBe(Object.keys(prices).length > 0);
  const told: string[] = [];
  const order = {
    ...{ worktree, taskFile: "TASK.md", opened: async () => undefined },
    note: ({ text }: { text: string }) => void told.push(text),
    prompt: { anew: "Do it.", resumed: "Go on.", wrapUp: "Wrap up." },
    ...{ agents: [], session: null, isMetered: wish.mustMeasure ?? false },
    bounds: {
      ...{ totalMs: 30_000, silenceMs: 30_000, usd: wish.budgetUsd ?? 5 },
      turns: { limit: wish.turns ?? 300, used: 0 },
    },
  };
  const report = await agent.work(order, wish.signal ?? new AbortController().signal);
  expect(await readdir(root)).toEqual(["home", "turns", "work"]);
  return { report, told };
}

/** The scripted agent, which speaks the protocol. */
function scripted(...turns: object[]): string {
  const script = join(mkdtempSync(join(directory, "script-")), "script.json");
  writeFileSync(script, JSON.stringify({ turns }));
  return fakeAgent("edits", script);
}

describe("an agent whose model is reached over the proxy", () => {
  test("reports what the proxy counted, where it says nothing of cost itself", async () => {
    const { report } = await work(`exec:${asking(2)}`, { prices: { m: price } });

    expect(report).toMatchObject({ costUsd: 2, turns: 2, summary: "200 200" });
  });

  test("without a price list there is no figure in money, and nothing is refused", async () => {
    const { report } = await work(`exec:${asking(2)}`);

    expect(report).toMatchObject({ costUsd: null, turns: 2, summary: "200 200", outcome: "finished" });
  });
});

describe.each([
  ["a command line", (line: string) => `exec:${line}`],
  [
    "over the protocol",
    (line: string) => scripted({ steps: [{ run: { command: line } }, { say: "Done." }] }),
  ],
])("an agent, %s, that asks without an end", (_, agent) => {
  test("is stopped by the request after its last turn, and the bound is named", async () => {
    const { report } = await work(agent(`${asking(4)}; sleep 60`), { turns: 3 });

    expect(report).toMatchObject({
      ...{ outcome: "bound", bound: "turns", turns: 3 },
      cause: "stopped at the turns bound: all 3 turns of the attempt are used",
    });
  });

  test("is stopped where its money is used up, and is not taken for one that has no quota", async () => {
    const { report } = await work(agent(`${asking(4)}; sleep 60`), { prices: { m: price }, budgetUsd: 1.5 });

    expect(report).toMatchObject({
      ...{ outcome: "bound", bound: "cost", turns: 2, costUsd: 2 },
      cause: "stopped at the cost bound of $1.50",
    });
  });

  test("may take all of its turns", async () => {
    const { report } = await work(agent(asking(3)), { turns: 3 });

    expect(report).toMatchObject({ outcome: "finished", turns: 3 });
  });
});

test("near the end of its turns an agent is told once to wrap up, and has turns left for it", async () => {
  const command = scripted(
    { when: "Wrap up", steps: [{ run: { command: asking(1) } }, { say: "Rounded off." }] },
    { steps: [{ run: { command: `${asking(4)}; sleep 60` } }] },
  );

  const { report, told } = await work(command, { turns: 5 });

  expect(report).toMatchObject({ outcome: "finished", summary: "Rounded off.", turns: 5 });
  expect(told.filter((text) => text === "Wrap up.")).toHaveLength(1);
});
