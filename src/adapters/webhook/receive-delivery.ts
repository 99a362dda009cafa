import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Delivery } from "../../domain/task/delivery.ts";
import type { Inbox } from "../../ports/store.ts";
import type { Clock, Log } from "../../ports.ts";
import { within } from "../host/within.ts";
import type { WebhookAnswer } from "./answer.ts";
import { type Budget, readBody } from "./read-body.ts";
import { macIn, Signers } from "./signature.ts";

/** What the reception of a delivery needs. */
export type Reception = {
  secrets: readonly string[];
  inbox: Pick<Inbox, "store">;
  clock: Clock;
  log: Log;
  onStored: (delivery: Delivery) => unknown;
  mostBytes: number;
  storeMs: number;
  budget: Budget;
};

/** Seconds after which a refused sender may try again; the store is looked at anew by then. */
const retryAfter = { "retry-after": "30" };

/** Takes one delivery in: checks, reads, verifies, stores. Undefined if its sender has gone. */
export async function receiveDelivery(
  request: IncomingMessage,
  reception: Reception,
): Promise<WebhookAnswer | undefined> {
  const mac = macIn(request.headers["x-hub-signature-256"]);
  const refusal = refuseUnread(request, reception.mostBytes);
  if (refusal) return refusal;
  if (!mac) return { status: 401, message: "X-Hub-Signature-256 must be sha256= and 64 hex digits." };

  const signers = new Signers(reception.secrets);
  const body = await readBody(request, { most: reception.mostBytes, budget: reception.budget, signers });
  if (body === "gone") return undefined;
  if (body === "too large") return bodyTooLarge(reception.mostBytes);
  if (body === "busy")
    return {
      status: 503,
      message: "Too many large bodies at once. Deliver again later.",
      headers: retryAfter,
    };
  if (!signers.made(mac)) return { status: 401, message: "The signature does not fit the body." };

  const problem = headerProblem(request.headers);
  if (problem) return { status: 400, message: problem };
  const text = jsonObjectText(body);
  if (text === undefined) return { status: 400, message: "The body must be a JSON object in UTF-8." };
  return store(deliveryOf(request.headers, { body, text, at: reception.clock.now() }), reception);
}

function refuseUnread(request: IncomingMessage, mostBytes: number): WebhookAnswer | undefined {
  const { headers, method } = request;
  if (method !== "POST")
    return { status: 405, message: "Webhooks are delivered by POST.", headers: { allow: "POST" } };
  if (Number(headers["content-length"]) > mostBytes) return bodyTooLarge(mostBytes);
  if (!/^application\/json\s*(;|$)/i.test(headers["content-type"] ?? ""))
    return {
      status: 415,
      message: "Set the content type of the App's webhook to application/json in the App's settings.",
    };
  return undefined;
}

function bodyTooLarge(mostBytes: number): WebhookAnswer {
  return { status: 413, message: `A body may have at most ${mostBytes} bytes.` };
}

/** These headers are not signed, so they are looked at only once the body is known to be GitHub's. */
function headerProblem(headers: IncomingHttpHeaders): string | undefined {
  if (!/^[\w-]{1,100}$/.test(String(headers["x-github-delivery"] ?? "")))
    return "X-GitHub-Delivery must name the delivery.";
  if (!/^[a-z_]{1,100}$/.test(String(headers["x-github-event"] ?? "")))
    return "X-GitHub-Event must name the event.";
  return undefined;
}

/** The body as text, or undefined if it is not a JSON object. */
function jsonObjectText(body: Buffer): string | undefined {
  if (!isUtf8(body)) return undefined;
  const text = body.toString("utf8");
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? text : undefined;
  } catch {
    return undefined;
  }
}

function deliveryOf(headers: IncomingHttpHeaders, raw: { body: Buffer; text: string; at: Date }): Delivery {
  return {
    digest: createHash("sha256").update(raw.body).digest("hex"),
    id: String(headers["x-github-delivery"]),
    event: String(headers["x-github-event"]),
    body: raw.text,
    receivedAt: raw.at.toISOString(),
  };
}

/** Only what is durably stored is acknowledged: GitHub never delivers again by itself what was answered with 2xx. */
async function store(delivery: Delivery, reception: Reception): Promise<WebhookAnswer> {
  const outcome = await within(reception.storeMs, storeDelivery(delivery, reception));
  if (outcome === undefined)
    return {
      status: 503,
      message: "The delivery could not be stored. Deliver it again.",
      headers: retryAfter,
    };
  return { status: 202, message: outcome === "stored" ? "Stored." : "Known already." };
}

/** A store that answers after the bound has stored all the same, so the delivery is announced then. */
async function storeDelivery(
  delivery: Delivery,
  reception: Reception,
): Promise<"stored" | "known" | undefined> {
  const { id, event, digest } = delivery;
  try {
    const outcome = await reception.inbox.store(delivery);
    reception.log.info({ delivery: id, event, digest, outcome }, "delivery stored");
    if (outcome === "stored") void announce(delivery, reception);
    return outcome;
  } catch (error) {
    reception.log.error({ delivery: id, event, digest, err: error }, "delivery not stored");
    return undefined;
  }
}

async function announce(delivery: Delivery, { onStored, log }: Reception): Promise<void> {
  try {
    await onStored(delivery);
  } catch (error) {
    log.error({ delivery: delivery.id, event: delivery.event, err: error }, "stored delivery not handled");
  }
}
