import * as http from "node:http";
import * as https from "node:https";
import { pipeline } from "node:stream/promises";
import { findWay, type HostWay, lookupOf } from "./dial.ts";
import type { EgressGate } from "./gate.ts";
import { type HostTarget, judgePlain, judgeTunnel, targetName } from "./judge-target.ts";
import type { Pool } from "./open-pool.ts";
import { clearThrough, tlsThrough } from "./tunnel.ts";

const silenceMs = 2 * 60 * 1000;

/** Headers that are about one connection and not about what is asked; a credential of the sandbox's own stays. */
const ofConnection =
  /^(?:connection|keep-alive|te|trailer|transfer-encoding|upgrade|http2-settings|proxy-.*|host|expect)$/;
/** What may be said beside a credential of the operator's: nothing by which a server would take `GET` for more. */
const ofReading =
  /^(?:accept|accept-(?:encoding|language)|cache-control|if-.*|npm-.*|pacote-.*|range|user-agent)$/;

type PlainExchange = { request: http.IncomingMessage; response: http.ServerResponse };
/** `isSecure`: asked over TLS; `reads`: nothing goes on but the headers that reading takes, and never a body. */
type PlainWay = {
  target: HostTarget;
  path: string;
  credential?: string | undefined;
  isSecure: boolean;
  reads: boolean;
};

/** Whether a method only reads. */
export function isReading(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/** Passes one request in clear on, to a host of the list; to a private registry over TLS and with its credential. */
export async function passPlain(gate: EgressGate, exchange: PlainExchange): Promise<void> {
  const { url = "", method = "" } = exchange.request;
  const way = readWay(gate, { url, method });
  if (way?.reads && !isReading(method))
    return refuseWriting(gate, { asked: url, response: exchange.response });
  if (way) return passTo(gate, { way, asked: url }, exchange);
  refusePlain(gate, {
    ...{ asked: url, response: exchange.response },
    why: "it is not among what may be asked for (`setup.hosts`, `validation.network`)",
  });
}

/** Passes a request on by a way that was judged, if its host lies where it may. */
export async function passTo(
  gate: EgressGate,
  { way, asked }: { way: PlainWay; asked: string },
  exchange: PlainExchange,
): Promise<void> {
  const found = await findWay(way.target, { ...gate, scheme: way.isSecure ? "https" : "http" });
  if (typeof found !== "string") return sendOn(way, { found, pool: gate.pool }, exchange);
  refusePlain(gate, { asked, response: exchange.response, why: found });
}

const onlyRead = "only GET and HEAD are passed on to it, since packages are read there and never published";

/** Says no to what does more than read. */
export function refuseWriting(
  gate: EgressGate,
  { asked, response }: { asked: string; response: http.ServerResponse },
): void {
  refusePlain(gate, { asked, response, why: onlyRead });
}

/** Says no, and why. What is left of the request is not read, so the connection ends. */
export function refusePlain(
  gate: EgressGate,
  { asked, why, response }: { asked: string; why: string; response: http.ServerResponse },
): void {
  gate.refuse(asked, why);
  response.writeHead(403, { "content-type": "text/plain", connection: "close" });
  response.end(`Refused by Drafthorse: ${why}.\n`);
}

async function sendOn(
  way: PlainWay,
  { found, pool }: { found: HostWay; pool: Pool },
  { request, response }: PlainExchange,
): Promise<void> {
  const { ask, options, headers } = onwardOf(way, { found, pool });
  const own = headersFor(way, request.headers);
  const common = { method: request.method, timeout: silenceMs };
  const onward = ask({ ...common, ...options, headers: { ...own, ...headers } });
  onward.once("timeout", () => onward.destroy(new Error("silent for too long")));
  response.once("close", () => onward.destroy());
  const answered = new Promise<http.IncomingMessage>((resolve, reject) => {
    onward.once("response", resolve).once("error", reject);
  });
  if (way.reads) onward.end();
  else pipeline(request, onward).catch((error: Error) => onward.destroy(error));
  const answer = await answered;
  response.writeHead(answer.statusCode ?? 502, withoutConnection(answer.headers));
  await pipeline(answer, response);
}

/** How the request itself is made: straight to what was checked, or through a proxy of the network. */
function onwardOf(
  { target, path, isSecure }: PlainWay,
  { found, pool }: { found: HostWay; pool: Pool },
): { ask: typeof http.request; options: http.RequestOptions; headers: Record<string, string> } {
  if (found.kind === "proxy") {
    if (!isSecure) return clearThrough(found.proxy, { target, path });
    const options = { ...target, path, ...tlsThrough(found.proxy, target) };
    return { ask: https.request, options, headers: {} };
  }
  const [ask, agent] = isSecure ? [https.request, pool.https] : [http.request, pool.http];
  return { ask, options: { ...target, path, agent, lookup: lookupOf(found.addresses) }, headers: {} };
}

function headersFor(
  { target, credential, isSecure, reads }: PlainWay,
  own: http.IncomingHttpHeaders,
): http.OutgoingHttpHeaders {
  const host = target.port === (isSecure ? 443 : 80) ? target.host : targetName(target);
  if (!reads) return { ...withoutConnection(own), ...framingOf(own), host };
  const reading = Object.entries(own).filter(([name]) => ofReading.test(name));
  return { ...Object.fromEntries(reading), host, ...(credential && { authorization: credential }) };
}

/** Said by us, for Node frames the body of a `GET` in no way of its own: the next request would hide in it. */
function framingOf(own: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return own["transfer-encoding"] === undefined ? {} : { "transfer-encoding": "chunked" };
}

/** The length stays: without it, a body is framed anew in chunks. */
function withoutConnection(headers: http.IncomingHttpHeaders): http.OutgoingHttpHeaders {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ofConnection.test(name)));
}

/**
 * Where a request goes: to a host of the list at its very port. A host with a credential is asked in clear, for only so
 * can the credential be put in; it is reached over TLS, at the port that the list gives it, and only to read.
 */
function readWay(gate: EgressGate, { url, method }: { url: string; method: string }): PlainWay | undefined {
  const secured = [...gate.hosts, ...gate.reads].filter(
    (target) => gate.credentials[targetName(target)] !== undefined,
  );
  const aliases = secured.map(({ host, port }) => ({ host, port: port === 443 ? 80 : port }));
  const named = judgePlain(url, aliases);
  const target =
    named && judgeTunnel(targetName(secured[aliases.indexOf(named.target)] ?? named.target), secured);
  if (named && target) {
    const credential = gate.credentials[targetName(target)];
    const way = { target, path: named.path, credential, isSecure: true, reads: true };
    return isReading(method) ? way : undefined;
  }
  return readClear(gate, url);
}

/** A host of the list that is asked in clear; one that is only read from is told apart. */
function readClear({ hosts, reads }: EgressGate, url: string): PlainWay | undefined {
  const open = judgePlain(url, hosts);
  const only = judgePlain(url, reads);
  if (open) return { ...open, isSecure: false, reads: false };
  return only && { ...only, isSecure: false, reads: true };
}
