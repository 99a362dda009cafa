import type * as http from "node:http";
import * as https from "node:https";
import { Readable } from "node:stream";
import { type NetworkProxies, proxyFor } from "../../domain/host/network-proxies.ts";
import { clearThrough, tlsThrough } from "./tunnel.ts";

/** Fetch follows twenty; an API that leads further than this leads nowhere. */
const redirects = 5;

/** One request, as octokit or a client of S3 makes it. */
export type FetchOrder = {
  method?: string;
  headers?: Record<string, string>;
  body?: string | Uint8Array;
  signal?: AbortSignal;
};

/**
 * The `fetch` of a process in somebody's network. What needs neither a proxy nor an authority that was named beside the
 * system's goes by Node's own, which knows of neither.
 */
export function fetchThrough(
  proxies: NetworkProxies,
): (url: string, order?: FetchOrder) => Promise<Response> {
  return async (url, order = {}) => fetchFollowing(proxies, { url, order, left: redirects });
}

type PendingFetch = { url: string; order: FetchOrder; left: number };

async function fetchFollowing(
  proxies: NetworkProxies,
  { url, order, left }: PendingFetch,
): Promise<Response> {
  const proxy = proxyFor(proxies, url);
  const isNative = !proxy && (!url.startsWith("https:") || https.globalAgent.options.ca === undefined);
  if (isNative) return fetch(url, order);
  const answer = await sendRequest(proxy, url, order);
  const { location } = answer.headers;
  const status = answer.statusCode ?? 502;
  const isSame = [307, 308].includes(status) || /^(?:GET|HEAD)$/.test(order.method ?? "GET");
  if (![301, 302, 303, 307, 308].includes(status) || location === undefined || !isSame)
    return responseOf(answer, url);
  answer.destroy();
  if (left === 0) throw new TypeError("fetch failed: the address leads on and on");
  const next = new URL(location, url);
  const { authorization, ...others } = order.headers ?? {};
  const headers =
    next.origin === new URL(url).origin && authorization ? { ...others, authorization } : others;
  return fetchFollowing(proxies, { url: next.href, order: { ...order, headers }, left: left - 1 });
}

function sendRequest(
  proxy: URL | undefined,
  url: string,
  { method = "GET", headers = {}, body, signal }: FetchOrder,
): Promise<http.IncomingMessage> {
  const { protocol, hostname, port, pathname, search } = new URL(url);
  const target = { host: hostname, port: Number(port || (protocol === "https:" ? 443 : 80)) };
  const path = `${pathname}${search}`;
  const common = {
    method,
    headers: { ...headers, "accept-encoding": "identity" },
    ...(signal && { signal }),
  };
  const request = proxy && protocol !== "https:" ? clear(proxy) : secure();
  return new Promise((resolve, reject) => {
    request.once("response", resolve).once("error", reject).end(body);
  });

  function secure(): http.ClientRequest {
    return https.request({ ...target, path, ...common, ...(proxy && tlsThrough(proxy, target)) });
  }

  function clear(proxy: URL): http.ClientRequest {
    const way = clearThrough(proxy, { target, path });
    return way.ask({
      ...common,
      ...way.options,
      headers: { ...common.headers, ...way.headers, host: new URL(url).host },
    });
  }
}

/** Octokit reads where an answer came from, which a made response does not say by itself. */
function responseOf(answer: http.IncomingMessage, url: string): Response {
  const status = answer.statusCode ?? 502;
  const headers = Object.entries(answer.headersDistinct).flatMap(([name, values]) =>
    (values ?? []).map((value): [string, string] => [name, value]),
  );
  const isEmpty = [204, 205, 304].includes(status);
  if (isEmpty) answer.resume();
  const body = isEmpty ? null : (Readable.toWeb(answer) as ReadableStream);
  const response = new Response(body, { status, headers });
  return Object.defineProperty(response, "url", { value: url });
}
