import { expect, test } from "@jest/globals";
import { openAttemptEvents } from "../../../src/adapters/host/open-attempt-events.ts";
import { traceTask } from "../../../src/adapters/operations/trace-task.ts";
import { openMemoryStore } from "../../../src/adapters/store/memory/open-memory-store.ts";
import { traceAttempts } from "../../../src/compose/trace-attempts.ts";
import type { HistoryEntry } from "../../../src/domain/task/task.ts";
import { aTask } from "../../fixtures/tasks.ts";
import { startServer } from "../../support/http-server.ts";
import { keepingLog } from "../../support/keeping-log.ts";

const id = { repositoryId: 1, issueNumber: 12, round: 1 };

/** What the history of a task with a correction says, a second a line. */
const history = (
  [
    ["asked for"],
    ["queued"],
    ["started", 1],
    ["proved", 1],
    ["PR opened", 1],
    ["reported", 1],
    ["correction asked for"],
    ["started", 2],
    ["reported", 2],
  ] as [string, number?][]
).map(([what, attempt], second): HistoryEntry => {
  const at = new Date(Date.UTC(2026, 10, 1, 10, 0, second)).toISOString();
  return { at, what, by: null, details: attempt === undefined ? {} : { attempt } };
});

test("an attempt is one trace: from what asked for it to its last line, a span for each line between", () => {
  const [first, second] = [traceTask(id, 1, history), traceTask(id, 2, history)];

  const told = (made: ReturnType<typeof traceTask>) =>
    made?.spans.map(({ name, from, to }) => `${name} ${from.slice(17, 19)}-${to.slice(17, 19)}`);
  expect(told(first)).toEqual([
    "task 00-05",
    "queued 00-01",
    "started 01-02",
    "proved 02-03",
    "PR opened 03-04",
    "reported 04-05",
  ]);
  expect(told(second)).toEqual(["correction 06-08", "started 06-07", "reported 07-08"]);
  expect(first?.id).not.toBe(second?.id);
  expect(traceTask(id, 1, history)).toEqual(first);
  expect(traceTask(id, 3, [])).toBeUndefined();
});

test("the collector gets it whole when the attempt has ended", async () => {
  const collector = await startServer((_, response) => {
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  const store = openMemoryStore({ clock: { now: () => new Date() } });
  const log = keepingLog();
  const events = openAttemptEvents(log, store.broadcast);
  await store.tasks.create({ task: aTask({ id }), entries: history });
  const operations = { port: undefined, metricsToken: undefined, traces: collector.url };

  const stop = await traceAttempts({ operations }, { events, tasks: store.tasks, log });
  events.tell({ kind: "attempt ended", task: id, attempt: 1, event: "published" });
  await stop();
  await collector.close();

  const [{ url, body } = { url: "", body: "{}" }] = collector.seen;
  const sent = JSON.parse(body);
  expect(url).toBe("/v1/traces");
  const { spans } = sent.resourceSpans[0].scopeSpans[0];
  const expected = traceTask(id, 1, history);
  expect(spans.map(({ name }: { name: string }) => name)).toEqual(expected?.spans.map(({ name }) => name));
  expect(new Set(spans.map(({ traceId }: { traceId: string }) => traceId))).toEqual(new Set([expected?.id]));
  expect(spans[1]).toMatchObject({ parentSpanId: expected?.spans[0]?.id, spanId: expected?.spans[1]?.id });
});
