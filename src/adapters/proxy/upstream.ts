import * as http from "node:http";
import * as https from "node:https";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ModelProvider, ModelTokens } from "../../domain/evidence/model-usage.ts";
import { type NetworkProxies, noProxies, proxyFor } from "../../domain/host/network-proxies.ts";
import { answerMeter } from "./answer-meter.ts";
import { openPool } from "./open-pool.ts";
import { refuse } from "./refuse.ts";
import { tlsThrough } from "./tunnel.ts";

/** How long a provider may be silent: a model may think for minutes, and says that it lives only in event streams. */
const silenceMs = 10 * 60 * 1000;
/** More than any provider takes as one request. */
const requestBytes = 64 * 1024 * 1024;
/** An error's text beyond this is cut. */
const errorBytes = 64 * 1024;

/** Headers of an answer that a client of a model reads; none that sets a state or leads elsewhere. */
const passed =
  /^(?:content-type|content-length|content-encoding|cache-control|date|retry-after(?:-ms)?|request-id|x-request-id|x-should-retry|anthropic-ratelimit-[a-z-]+|x-ratelimit-[a-z-]+|openai-(?:model|processing-ms|version))$/;

/** A request that was judged, as it goes on. */
type JudgedRequest = {
  route: { method: string; metered: boolean };
  path: string;
  headers: Record<string, string>;
  provider: ModelProvider;
};
type Exchange = { request: http.IncomingMessage; response: http.ServerResponse };

/** How an exchange ended. `free` are the answers that cost nothing: errors, and what never reached the provider. */
export type End = { status: number } & (
  | { kind: "measured"; used: ModelTokens }
  | { kind: "unmeasured"; sent: number; received: number }
  | { kind: "free" }
);

/** The one place where the model is; nothing that a request says leads anywhere else. */
export type Upstream = { pass(order: JudgedRequest, exchange: Exchange): Promise<End>; close(): void };

/** Where a model is, and by which proxy of the network it is reached. */
type UpstreamPlace = { base: string; key: string; proxies?: NetworkProxies | undefined };

/** Opens the way to a provider. `key` is struck out of the errors that come back. */
export function openUpstream({ base, key, proxies = noProxies }: UpstreamPlace): Upstream {
  const { protocol, hostname, port, pathname } = new URL(base);
  const { request } = protocol === "https:" ? https : http;
  const pool = openPool();
  const agent = protocol === "https:" ? pool.https : pool.http;
  const proxy = proxyFor(proxies, base);
  // In clear a model lies on this machine alone, which is reached without any proxy.
  const way = proxy ? tlsThrough(proxy, { host: hostname, port: Number(port || 443) }) : { agent };
  const place = { protocol, hostname: hostname.replace(/^\[|\]$/g, ""), port, ...way };
  const prefix = pathname.replace(/\/+$/, "");
  return {
    pass: async (order, exchange) => {
      const headers = framed(order, exchange.request);
      const path = `${prefix}${order.path}`;
      const onward = request({ ...place, method: order.route.method, path, headers, timeout: silenceMs });
      return passToProvider({ order, onward, key }, exchange);
    },
    close: () => agent.destroy(),
  };
}

/** The body is framed anew by us, so that no two readers can disagree about where it ends. */
function framed(
  { headers, route }: JudgedRequest,
  { headers: own }: http.IncomingMessage,
): Record<string, string> {
  const length = own["content-length"];
  const framing: Record<string, string> =
    route.method === "GET" ? {} : length ? { "content-length": length } : { "transfer-encoding": "chunked" };
  return { ...headers, ...framing, "accept-encoding": "identity" };
}

type OnwardWay = { order: JudgedRequest; onward: http.ClientRequest; key: string };

async function passToProvider(way: OnwardWay, exchange: Exchange): Promise<End> {
  const { order, onward } = way;
  const { request, response } = exchange;
  const sent = counter(requestBytes);
  // Whoever asked has gone: the model need not go on either.
  response.once("close", () => onward.destroy());
  onward.once("timeout", () => onward.destroy(new Error("it was silent for too long")));
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    onward.once("response", resolve).once("error", reject);
  });
  if (order.route.method === "GET") onward.end();
  // What breaks here shows at the answer, which is waited for below.
  else pipeline(request, sent.stream, onward).catch((error: Error) => onward.destroy(error));
  try {
    return await passBack(way, { answer: await answered, response, sent });
  } catch (error) {
    onward.destroy();
    refuse(response, {
      status: sent.isOver() ? 413 : 502,
      why: `the model could not be asked: ${systemCode(error)}`,
    });
    return { status: 502, kind: "free" };
  }
}

type Back = { answer: http.IncomingMessage; response: http.ServerResponse; sent: Counter };

async function passBack(way: OnwardWay, { answer, response, sent }: Back): Promise<End> {
  const status = answer.statusCode ?? 502;
  if (status >= 300) {
    await passError(way, { answer, response, status });
    return { status, kind: "free" };
  }
  const contentType = answer.headers["content-type"] ?? "";
  const asked = /\/models\/(?<model>[^/:?]+):/.exec(way.order.path)?.groups?.model;
  const meter = answerMeter(way.order.provider, contentType, asked);
  const received = counter(Number.POSITIVE_INFINITY, meter.hear);
  response.writeHead(status, Object.fromEntries(passedHeaders(answer.headers)));
  response.flushHeaders();
  const whole = await pipeline(answer, received.stream, response).then(
    () => true,
    () => false,
  );
  const used = whole ? meter.settle() : undefined;
  if (used) return { status, kind: "measured", used };
  return { status, kind: "unmeasured", sent: sent.bytes(), received: received.bytes() };
}

/** Errors are short, so they are read whole: one that quotes the key it was shown must not bring it inside. */
async function passError(
  { key }: OnwardWay,
  {
    answer,
    response,
    status,
  }: { answer: http.IncomingMessage; response: http.ServerResponse; status: number },
): Promise<void> {
  const body = await readErrorHead(answer);
  if (status < 400) {
    refuse(response, { status: 502, why: "the model's address leads elsewhere, which is not followed" });
    return;
  }
  const headers = Object.fromEntries(
    passedHeaders(answer.headers).filter(([name]) => !name.startsWith("content-")),
  );
  const type = answer.headers["content-type"] ?? "application/json";
  response.writeHead(status, { ...headers, "content-type": type });
  response.end(body.toString("utf8").replaceAll(key, "[redacted]"));
}

async function readErrorHead(stream: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes >= errorBytes) break;
  }
  return Buffer.concat(chunks).subarray(0, errorBytes);
}

function passedHeaders(headers: http.IncomingHttpHeaders): [string, string][] {
  return Object.entries(headers).flatMap(([name, value]) =>
    passed.test(name) && typeof value === "string" ? [[name, value] as [string, string]] : [],
  );
}

type Counter = { stream: Transform; bytes(): number; isOver(): boolean };

function counter(most: number, hear?: (chunk: Buffer) => void): Counter {
  let bytes = 0;
  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      hear?.(chunk);
      if (bytes <= most) done(null, chunk);
      else done(new Error(`a request has at most ${most} bytes`));
    },
  });
  return { stream, bytes: () => bytes, isOver: () => bytes > most };
}

/** Only the system's own words: an error of the client may quote the headers, and with them the key. */
function systemCode(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" ? code : "the connection ended";
}
