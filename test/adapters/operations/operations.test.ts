import type { IncomingHttpHeaders } from "node:http";
import { afterEach, describe, expect, test } from "@jest/globals";
import { answerOperations, type Operations } from "../../../src/adapters/operations/answer-operations.ts";
import { mayReadMetrics } from "../../../src/adapters/operations/may-read-metrics.ts";
import { openMetrics } from "../../../src/adapters/operations/metrics.ts";
import { startOperations } from "../../../src/adapters/operations/start-operations.ts";
import { gate } from "../../support/gate.ts";
import { keepingLog } from "../../support/keeping-log.ts";

const closing: (() => Promise<void>)[] = [];

afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

const answers: Operations["service"] = {
  inbox: { known: async () => new Set<string>() },
  tasks: {
    count: async () => [
      { repositoryId: 1, state: "queued", count: 2 },
      { repositoryId: 2, state: "queued", count: 3 },
    ],
    find: async () => [],
  },
  queue: { depth: async () => ({ waiting: 3, active: 1, delayed: 0 }) },
  sandbox: null,
  log: keepingLog(),
  stopping: () => false,
};

async function world(
  service: Partial<Operations["service"]> = {},
  more: Partial<Omit<Operations, "service">> = {},
) {
  const metrics = openMetrics();
  const answer = answerOperations({
    ...{ service: { ...answers, ...service }, metrics, metricsToken: undefined },
    ...more,
  });
  const { port, close } = await startOperations(answer, { host: "127.0.0.1", port: 0 });
  closing.push(close);
  const get = async (path: string, headers: Record<string, string> = {}, method = "GET") => {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, { method, headers });
    return { status: response.status, text: await response.text() };
  };
  return { get, metrics };
}

describe("health", () => {
  test("a process that can take work is alive and ready", async () => {
    const { get } = await world();

    expect(await get("/healthz")).toEqual({ status: 200, text: '{"alive":true}\n' });
    const { status, text } = await get("/readyz?full");
    expect(status).toBe(200);
    expect(JSON.parse(text).parts.map(({ name }: { name: string }) => name)).toEqual([
      "process",
      "store",
      "queue",
      "sandbox",
    ]);
  });

  test.each<[string, Partial<Operations["service"]>, string, RegExp]>([
    ["was told to stop", { stopping: () => true }, "process", /told to stop/],
    [
      "has a store that fails",
      { inbox: { known: () => Promise.reject(new Error("redis://me:word@db")) } },
      "store",
      /error\. The log has it/,
    ],
    [
      "has a store that never answers",
      { inbox: { known: () => gate<Set<string>>().passed } },
      "store",
      /within 2 s/,
    ],
    [
      "has a queue that fails",
      { queue: { depth: () => Promise.reject(new Error("gone")) } },
      "queue",
      /error/,
    ],
    ["has no sandbox", { sandbox: "A probe is open." }, "sandbox", /probe/],
  ])("a process that %s is alive, not ready, and says why", async (_, service, part, reason) => {
    const { get } = await world(service);

    expect((await get("/healthz")).status).toBe(200);
    const { status, text } = await get("/readyz");
    expect(status).toBe(503);
    const wrong = JSON.parse(text).parts.filter(({ ready }: { ready: boolean }) => !ready);
    expect(wrong).toEqual([{ name: part, ready: false, reason: expect.stringMatching(reason) }]);
    expect(text).not.toContain("word");
  });

  test("nothing else is answered, and nothing is asked by another method", async () => {
    const { get } = await world();

    expect((await get("/constructor")).status).toBe(404);
    expect((await get("/healthz/../x")).status).toBe(404);
    expect((await get("/readyz", {}, "POST")).status).toBe(405);
    expect((await get("/healthz", {}, "HEAD")).status).toBe(200);
  });
});

describe("metrics", () => {
  test("are Prometheus's text, with the store's counts and what was counted", async () => {
    const { get, metrics } = await world();
    metrics.counted({ what: "verdict", verdict: "passed", agent: "claude" });
    metrics.delivery("refused");
    metrics.answer({ method: "GET", status: 200, installationId: 7, remaining: 4_990 });

    const { text } = await get("/metrics");

    for (const line of [
      'drafthorse_tasks{state="queued"} 5',
      'drafthorse_queue_jobs{state="waiting"} 3',
      'drafthorse_attempts_total{verdict="passed",agent="claude"} 1',
      'drafthorse_deliveries_total{outcome="refused"} 1',
      'drafthorse_github_rate_limit_remaining{installation="7"} 4990',
      "drafthorse_store_up 1",
    ])
      expect(text.split("\n")).toContain(line);
    expect(text).toContain("nodejs_eventloop_lag_seconds");
  });

  test("say that the store is away instead of its last counts", async () => {
    const { get } = await world({ queue: { depth: () => Promise.reject(new Error("away")) } });

    const { status, text } = await get("/metrics");

    expect(status).toBe(200);
    expect(text.split("\n")).toContain("drafthorse_store_up 0");
    expect(text).not.toContain("drafthorse_queue_jobs{");
  });

  test("have a bounded number of lines whatever agents call themselves", async () => {
    const { get, metrics } = await world();
    for (let number = 0; number < 500; number++)
      metrics.counted({ what: "verdict", verdict: "passed", agent: `agent-${number}` });
    metrics.counted({ what: "verdict", verdict: "passed", agent: 'a"} 1\nevil{x="' });

    const { text } = await get("/metrics");

    const lines = text.split("\n").filter((line) => line.startsWith("drafthorse_attempts_total{"));
    expect(lines).toHaveLength(21);
    expect(lines).toContain('drafthorse_attempts_total{verdict="passed",agent="other"} 481');
  });

  test("want the token where there is one", async () => {
    const metricsToken = "0123456789abcdef";
    const { get } = await world({}, { metricsToken });

    expect((await get("/metrics")).status).toBe(404);
    expect((await get("/metrics", { authorization: "Bearer 0123456789abcdee" })).status).toBe(404);
    expect((await get("/metrics", { authorization: `Bearer ${metricsToken}` })).status).toBe(200);
  });

  const here = { host: "127.0.0.1:3000" };
  test.each<[string, string | undefined, IncomingHttpHeaders, boolean]>([
    ["this machine", "127.0.0.1", here, true],
    ["this machine, by IPv6", "::1", { host: "[::1]:3000" }, true],
    ["this machine, mapped", "::ffff:127.0.0.1", { host: "localhost" }, true],
    ["another machine", "10.0.0.7", here, false],
    ["nobody any more", undefined, here, false],
    ["a proxy on this machine", "127.0.0.1", { ...here, "x-forwarded-for": "198.51.100.7" }, false],
    ["a proxy with the newer header", "127.0.0.1", { ...here, forwarded: "for=198.51.100.7" }, false],
    ["a page that points its name here", "127.0.0.1", { host: "evil.example" }, false],
    ["a name that only begins so", "127.0.0.1", { host: "localhost.evil.example" }, false],
    ["no name", "127.0.0.1", {}, false],
  ])("are read without a token by %s: %s", (_, address, headers, may) => {
    expect(mayReadMetrics({ address, headers }, undefined)).toBe(may);
  });
});
