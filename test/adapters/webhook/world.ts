import { createHmac } from "node:crypto";
import { once } from "node:events";
import { type Agent, type OutgoingHttpHeaders, request } from "node:http";
import { connect, type Socket } from "node:net";
import {
  type Ingress,
  type IngressOptions,
  startIngress,
} from "../../../src/adapters/webhook/start-ingress.ts";
import type { Delivery } from "../../../src/domain/task/delivery.ts";
import { keepingLog } from "../../support/keeping-log.ts";

/** The secret of the ingress under test. */
export const secret = "5f1c0d0d3f0b4c9a8e7d6c5b4a392817";

/** An ingress whose inbox is a map, and all that was seen of it. */
export async function startWorld(options: Partial<IngressOptions> = {}) {
  const stored = new Map<string, Delivery>();
  const announced: Delivery[] = [];
  const log = keepingLog();
  const inbox = {
    store: async (delivery: Delivery) => {
      if (stored.has(delivery.digest)) return "known" as const;
      stored.set(delivery.digest, delivery);
      return "stored" as const;
    },
  };
  const ingress: Ingress = await startIngress({
    port: 0,
    host: "127.0.0.1",
    secrets: [secret],
    inbox,
    clock: { now: () => new Date("2026-11-21T12:00:00Z") },
    log,
    onStored: (delivery) => announced.push(delivery),
    ...options,
  });
  return { ingress, stored, announced, log, endpoint: `${ingress.url}/api/github/webhooks` };
}

/** The signature of a body as GitHub writes it. */
export function sign(body: string | Uint8Array, key = secret): string {
  return `sha256=${createHmac("sha256", key).update(body).digest("hex")}`;
}

/** The headers of a correct delivery. */
export function headersFor(body: string | Uint8Array, key = secret): Record<string, string> {
  return {
    "content-type": "application/json",
    "x-github-delivery": "72d3162e-cc78-11e3-81ab-4c9367dc0958",
    "x-github-event": "issues",
    "x-hub-signature-256": sign(body, key),
  };
}

/** Posts a body with exactly these headers; undefined headers are left out. */
export async function post(
  url: string,
  what: { body: string | Uint8Array; headers: OutgoingHttpHeaders; method?: string; agent?: Agent },
) {
  const outgoing = request(url, {
    method: what.method ?? "POST",
    headers: { "content-length": Buffer.byteLength(what.body), ...what.headers },
    ...(what.agent && { agent: what.agent }),
  });
  // The ingress may cut the connection while the body is still being sent; its answer is what counts.
  const responded = once(outgoing, "response");
  outgoing.on("error", () => undefined);
  outgoing.end(what.body);
  const [response] = await responded;
  let text = "";
  for await (const chunk of response) text += chunk;
  return {
    status: response.statusCode as number,
    headers: response.headers,
    message: JSON.parse(text).message,
  };
}

/** A bare connection to a server, that can send anything at any speed. */
export async function dial(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}
