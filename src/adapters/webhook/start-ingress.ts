import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Delivery } from "../../domain/task/delivery.ts";
import type { Inbox } from "../../ports/store.ts";
import type { Clock, Log } from "../../ports.ts";
import { writeAnswer } from "./answer.ts";
import { type Reception, receiveDelivery } from "./receive-delivery.ts";

/** The bounds of the ingress; times in milliseconds. */
const ingressBounds = {
  /** GitHub sends no payload above 25 MB. */
  bodyBytes: 25 * 1024 * 1024,
  /** One body of the largest size, and some. */
  heldBytes: 32 * 1024 * 1024,
  /** SPEC section 4 wants the refusal of a slow store within 3 s. */
  storeMs: 2_500,
  headersMs: 4_000,
  /** GitHub itself gives up after 10 s. */
  requestMs: 10_000,
  /** How often overdue requests are looked for; Node's own 30 s would let a slow sender stay that long. */
  sweepMs: 500,
  /** Slow senders are cut off after `headersMs`; so many of them at once leave room for GitHub. */
  connections: 1_000,
  /** What requests under way have left when the ingress closes. */
  graceMs: 5_000,
};

/** What the ingress is given. The first secret is the current one, a second one is from before its rotation. */
export type IngressOptions = {
  port: number;
  host: string;
  secrets: readonly string[];
  inbox: Pick<Inbox, "store">;
  clock: Clock;
  log: Log;
  /** Called once for each delivery that is new, after it was stored; not awaited. */
  onStored: (delivery: Delivery) => unknown;
  /** Answers everything that is not the webhook's path. */
  fallback?: (request: IncomingMessage, response: ServerResponse) => unknown;
  /** Told of each delivery that is not taken. */
  onRefused?: () => void;
  bounds?: Partial<typeof ingressBounds>;
};

/** A listening ingress. `close` lets requests under way be answered. */
export type Ingress = { url: string; close(): Promise<void> };

/** Probot's default path, and so the one that Apps are registered with. */
const webhookPath = "/api/github/webhooks";

/** Listens for webhook deliveries: each is verified, stored, acknowledged and only then announced. */
export async function startIngress(options: IngressOptions): Promise<Ingress> {
  if (options.secrets.length === 0) throw new Error("the ingress needs a webhook secret");
  const bounds = { ...ingressBounds, ...options.bounds };
  const reception: Reception & IngressOptions = {
    ...options,
    mostBytes: bounds.bodyBytes,
    storeMs: bounds.storeMs,
    budget: { freeBytes: bounds.heldBytes },
  };
  const fallback = options.fallback ?? answerNotFound;
  const server = createServer(
    {
      headersTimeout: bounds.headersMs,
      requestTimeout: bounds.requestMs,
      connectionsCheckingInterval: bounds.sweepMs,
    },
    (request, response) => {
      response.once("close", () => server.listening || server.closeIdleConnections());
      if (request.url?.split("?")[0] !== webhookPath) fallback(request, response);
      else void answerDelivery({ request, response }, reception);
    },
  );
  server.maxConnections = bounds.connections;
  server.listen(options.port, options.host);
  await once(server, "listening");
  return { url: urlOf(server, options.host), close: () => closeServer(server, bounds.graceMs) };
}

async function answerDelivery(
  exchange: { request: IncomingMessage; response: ServerResponse },
  reception: Reception & Pick<IngressOptions, "onRefused">,
): Promise<void> {
  try {
    const answer = await receiveDelivery(exchange.request, reception);
    if (!answer) return;
    if (answer.status !== 202) reception.onRefused?.();
    if (answer.status !== 202)
      reception.log.warn({ status: answer.status, reason: answer.message }, "delivery refused");
    writeAnswer(exchange, answer);
  } catch (error) {
    reception.log.error({ err: error }, "ingress failed");
    exchange.response.destroy();
  }
}

function answerNotFound(request: IncomingMessage, response: ServerResponse): void {
  writeAnswer({ request, response }, { status: 404, message: "There is nothing here." });
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

async function closeServer(server: Server, graceMs: number): Promise<void> {
  const closed = once(server, "close");
  server.close();
  const timer = setTimeout(() => server.closeAllConnections(), graceMs);
  await closed;
  clearTimeout(timer);
}
