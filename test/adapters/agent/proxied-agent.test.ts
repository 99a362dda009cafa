import { mkdirSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "@jest/globals";
import { openAgent } from "../../../src/adapters/agent/open-agent.ts";
import { type OpenedSandbox, openSandbox } from "../../../src/adapters/sandbox/open-sandbox.ts";
import type { AgentReport } from "../../../src/domain/evidence.ts";
import type { Prices } from "../../../src/domain/model-usage.ts";
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

/** An agent that asks its model as often as it is told, and says what it was answered. */
async function work(times: number, wish: { prices: Prices; budgetUsd?: number }): Promise<AgentReport> {
  const root = join(directory, `attempt-${times}-${Object.keys(wish.prices).length}`);
  const worktree = { directory: join(root, "work"), home: join(root, "home"), readable: [] };
  for (const path of [worktree.directory, worktree.home]) mkdirSync(path, { recursive: true });
  const setup = { clock: { now: () => new Date() }, readable: [] };
  const line = `for i in $(seq ${times}); do curl -sS -o /dev/null -w '%{http_code} ' -d '{}' -H "Authorization: Bearer $OPENAI_API_KEY" $OPENAI_BASE_URL/responses; done`;
  const model = { provider: "openai", key: "real", upstream: at.gateway.url, prices: wish.prices } as const;
  const { agent, reportsCost } = openAgent(
    { name: "probe", command: `exec:${line}`, environment: {}, network: "none", model },
    { ...setup, sandbox: at.sandbox, log: recordingLog() },
  );
  expect(reportsCost).toBe(Object.keys(wish.prices).length > 0);
  const order = {
    ...{ worktree, taskFile: "TASK.md", note: () => undefined, opened: async () => undefined },
    prompt: { anew: "", resumed: "", wrapUp: "" },
    ...{ agents: [], session: null, isMetered: false },
    bounds: { totalMs: 20_000, silenceMs: 20_000, usd: wish.budgetUsd ?? 5 },
  };
  const report = await agent.work(order, new AbortController().signal);
  expect(await readdir(root)).toEqual(["home", "work"]);
  return report;
}

describe("an agent whose model is reached over the proxy", () => {
  test("reports what the proxy counted, where it says nothing of cost itself", async () => {
    expect(await work(2, { prices: { m: price } })).toMatchObject({ costUsd: 2, summary: "200 200" });
  });

  test("without a price list there is no figure, and nothing is refused", async () => {
    expect(await work(2, { prices: {} })).toMatchObject({ costUsd: null, summary: "200 200" });
  });

  test("is refused the model once its budget is used up", async () => {
    const report = await work(4, { prices: { m: price }, budgetUsd: 1.5 });

    expect(report).toMatchObject({ costUsd: 2, summary: "200 200 402 402" });
  });
});
