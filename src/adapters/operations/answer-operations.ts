import type { IncomingMessage, ServerResponse } from "node:http";
import { judgeReadiness } from "../../domain/host/readiness.ts";
import { countLedger, type ExaminedService, lookIntoParts } from "./look-into.ts";
import { mayReadMetrics } from "./may-read-metrics.ts";
import type { LedgerCounts, Metrics } from "./metrics.ts";

/** What the endpoints are given; without a token metrics are for this machine alone. */
export type Operations = {
  service: ExaminedService;
  metrics: Metrics;
  metricsToken: string | undefined;
};

type OperationsAnswer = { status: number; type: string; body: string };
type Endpoint = (request: IncomingMessage, operations: Operations) => Promise<OperationsAnswer>;

/** How long an answer is good for, in milliseconds: whoever asks more often asks the store no more often. */
const freshMs = 1_000;

/**
 * The endpoints for those who operate: `/healthz` says that the process lives, `/readyz` whether it can take work and why
 * not (503), `/metrics` what it did, for Prometheus. Resolves to false for every other path, which is then unanswered.
 */
export function answerOperations(
  operations: Operations,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  const { service } = operations;
  const parts = shared(() => lookIntoParts(service));
  const counts = shared<LedgerCounts | undefined>(() => countLedger(service));
  const endpoints: Record<string, Endpoint> = {
    "/healthz": async () => jsonAnswer(200, { alive: true }),
    "/readyz": async () => {
      const readiness = judgeReadiness(await parts());
      return jsonAnswer(readiness.ready ? 200 : 503, readiness);
    },
    "/metrics": async ({ headers, socket }, { metrics, metricsToken }) => {
      if (!mayReadMetrics({ address: socket.remoteAddress, headers }, metricsToken)) return nothing;
      return { status: 200, type: metrics.contentType, body: await metrics.text(await counts()) };
    },
  };
  return async (request, response) => {
    const path = request.url?.split("?")[0] ?? "";
    const endpoint = Object.hasOwn(endpoints, path) ? endpoints[path] : undefined;
    if (!endpoint) return false;
    const isRead = request.method === "GET" || request.method === "HEAD";
    sendAnswer(response, isRead ? await endpoint(request, operations) : notAllowed);
    return true;
  };
}

const nothing = jsonAnswer(404, { message: "There is nothing here." });
const notAllowed = jsonAnswer(405, { message: "Ask by GET." });

function jsonAnswer(status: number, value: object): OperationsAnswer {
  return { status, type: "application/json; charset=utf-8", body: `${JSON.stringify(value)}\n` };
}

function sendAnswer(response: ServerResponse, { status, type, body }: OperationsAnswer): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    ...(status === 405 && { allow: "GET, HEAD" }),
  });
  // Node.js sends no body of an answer to HEAD.
  response.end(body);
}

/** Those who ask at the same time, and shortly after, share one answer. */
function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let kept: { at: number; answer: Promise<T> } | undefined;
  return () => {
    const now = performance.now();
    if (!kept || now - kept.at > freshMs) kept = { at: now, answer: ask() };
    return kept.answer;
  };
}
