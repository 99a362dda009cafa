import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { pipeline } from "node:stream/promises";
import { type NetworkProxies, noProxies } from "../../domain/host/network-proxies.ts";
import type { Log } from "../../ports.ts";

export type { Resolve } from "./dial.ts";

import { listenAt, socketPlace } from "../sandbox/socket-place.ts";
import { findWay, type HostWay, lookupOf, type Resolve, resolveName } from "./dial.ts";
import { challenge, type EgressGate, established, hasProxyToken, proxyUser } from "./gate.ts";
import { type HostTarget, judgeTunnel, parseTarget } from "./judge-target.ts";
import { makeAuthority } from "./make-authority.ts";
import { openPool } from "./open-pool.ts";
import { passPlain } from "./pass-plain.ts";
import { type StandIn, standIn } from "./read-only.ts";
import { type Line, portPlaceholder } from "./relay-command.ts";
import { openTunnel } from "./tunnel.ts";

/** How long a connection may be silent; a registry that builds an answer takes seconds. */
const silenceMs = 2 * 60 * 1000;
/** Connections at once: package managers open some dozens. */
const connections = 256;
/** How many refused names are kept to be told. */
const refusedNames = 20;

/**
 * What the operator decided about the ways out. Hosts are `host` or `host:port`; a credential is a header's value.
 * `mirrors` are names that no repository chooses: they may be registries of a private network.
 */
export type EgressRules = { private: string[]; mirrors?: string[]; credentials: Record<string, string> };

/** A host that was asked for and not reached, as it was written, and why. */
export type Refused = { asked: string; why: string };

/** What a proxy is opened with: it reaches `hosts`, and `reads` by `GET` and `HEAD` alone, and no others. */
export type EgressOrder = {
  hosts: string[];
  reads?: string[];
  rules: EgressRules;
  directory: string;
  log: Log;
  resolve?: Resolve;
  proxies?: NetworkProxies;
};

/**
 * A way out of the sandbox to a list of hosts; `refused` tells, once for each name, what was asked for in vain. `authority`
 * is the certificate, in PEM, that whoever only reads over TLS must trust.
 */
export type EgressProxy = Line & {
  refused(): Refused[];
  close(): Promise<void>;
  authority?: string | undefined;
};

/** Opens a proxy that dials exactly the hosts of a list, and only where they lie on the Internet or the operator says so. */
export async function openEgressProxy(order: EgressOrder): Promise<EgressProxy> {
  const place = await socketPlace(order.directory);
  const token = randomBytes(24).toString("hex");
  const refused = new Map<string, Refused>();
  const sockets = new Set<Duplex>();
  const gate: EgressGate = {
    hosts: targets(order.hosts),
    reads: targets(order.reads ?? []),
    inside: targets(order.rules.private),
    mirrors: targets(order.rules.mirrors ?? []),
    credentials: order.rules.credentials,
    resolve: order.resolve ?? resolveName,
    pool: openPool(),
    proxies: order.proxies ?? noProxies,
    token,
    refuse: (asked, why) => {
      const name = asked.slice(0, 100).replace(/[^\w.:/-]/g, "?");
      if (refused.size < refusedNames) refused.set(name, { asked: name, why });
      order.log.info({ asked: name, why }, "a way out was refused");
    },
  };
  const made = gate.reads.length > 0 ? makeAuthority(gate.reads.map(({ host }) => host)) : undefined;
  const stand = made && standIn(gate, made);
  const server = createServer((request, response) => void answerPlain(gate, { request, response }));
  server.maxConnections = connections;
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
  });
  server.on("connect", (request, socket, head) => void tunnel(gate, { request, socket, head, stand }));
  await listenAt(server, place.socket);
  return {
    socket: place.socket,
    environment: environmentFor(gate),
    authority: made?.authority,
    refused: () => [...refused.values()],
    close: async () => {
      for (const socket of sockets) socket.destroy();
      for (const agent of [gate.pool.http, gate.pool.https]) agent.destroy();
      await new Promise((resolve) => server.close(resolve));
      await place.remove();
    },
  };
}

function targets(hosts: string[]): HostTarget[] {
  return hosts.map(parseTarget).filter((target) => target !== undefined);
}

/** What the sandbox has on its own loopback is not asked of the proxy, unless the list names it. */
function environmentFor({ hosts, reads, token }: EgressGate): Record<string, string> {
  // Whoever only reads is an agent, and its model lies at 127.0.0.1.
  const named = [...hosts, ...reads.filter(({ host }) => host !== "127.0.0.1")].map(({ host }) => host);
  const own = ["localhost", "127.0.0.1", "::1"].filter((name) => !named.includes(name));
  const address = `http://${proxyUser}:${token}@127.0.0.1:${portPlaceholder}`;
  return Object.fromEntries([
    // Yarn 2 and newer read no other names than these of their own settings.
    ...["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "YARN_HTTP_PROXY", "YARN_HTTPS_PROXY"].map(
      (name) => [name, address],
    ),
    ...["NO_PROXY", "no_proxy"].map((name) => [name, own.join(",")]),
    ["NODE_USE_ENV_PROXY", "1"],
  ]);
}

async function answerPlain(
  gate: EgressGate,
  exchange: { request: IncomingMessage; response: ServerResponse },
): Promise<void> {
  const { request, response } = exchange;
  if (!hasProxyToken(request, gate)) {
    response.writeHead(407, { "proxy-authenticate": challenge, connection: "close" }).end();
    return;
  }
  try {
    await passPlain(gate, exchange);
  } catch {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
}

type Tunnelled = { request: IncomingMessage; socket: Duplex; head: Buffer; stand: StandIn | undefined };

async function tunnel(gate: EgressGate, { request, socket, head, stand }: Tunnelled): Promise<void> {
  socket.on("error", () => socket.destroy());
  if (!hasProxyToken(request, gate)) {
    const head = `proxy-authenticate: ${challenge}\r\ncontent-length: 0\r\nconnection: close\r\n\r\n`;
    socket.end(`HTTP/1.1 407 Proxy Authentication Required\r\n${head}`);
    return;
  }
  const asked = request.url ?? "";
  const target = judgeTunnel(asked, gate.hosts);
  const only = target ? undefined : judgeTunnel(asked, gate.reads);
  if (stand && only) return stand(only, { socket, head });
  const found = target
    ? await findWay(target, { ...gate, scheme: "https" })
    : "it is not among the hosts that may be reached (`setup.hosts`, `validation.network`)";
  if (!target || typeof found === "string") {
    gate.refuse(asked, String(found));
    socket.end("HTTP/1.1 403 Refused by Drafthorse\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    return;
  }
  const far = await dial(target, found).catch((error: Error) => error);
  if (far instanceof Error) {
    if (found.kind === "proxy") gate.refuse(asked, far.message);
    socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    return;
  }
  socket.write(established);
  if (head.length > 0) far.write(head);
  await Promise.allSettled([pipeline(socket, far), pipeline(far, socket)]);
  far.destroy();
  socket.destroy();
}

async function dial(target: HostTarget, found: HostWay): Promise<Socket> {
  if (found.kind === "proxy") {
    const far = await openTunnel(found.proxy, target);
    return far.setTimeout(silenceMs, () => far.destroy());
  }
  const lookup = lookupOf(found.addresses);
  const far = connect({ ...target, lookup, allowHalfOpen: true, timeout: silenceMs });
  await untilConnected(far);
  return far;
}

function untilConnected(far: Socket): Promise<void> {
  far.once("timeout", () => far.destroy(new Error("silent for too long")));
  return new Promise((resolve, reject) => {
    far.once("connect", resolve).once("error", reject).once("close", reject);
  });
}
