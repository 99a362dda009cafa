import { createHmac, randomUUID } from "node:crypto";
import { setImmediate } from "node:timers/promises";
import type { Faults } from "../faults.ts";
import { postDelivery, type Response } from "./post-delivery.ts";

/** A webhook to be sent. */
export type Event = {
  event: string;
  action: string | null;
  installationId: number | null;
  repositoryId: number | null;
  payload: Record<string, unknown>;
};

/** One delivery as the App's delivery log shows it. */
export type Delivery = {
  id: number;
  guid: string;
  delivered_at: string;
  redelivery: boolean;
  duration: number;
  status: string;
  status_code: number;
  event: string;
  action: string | null;
  installation_id: number | null;
  repository_id: number | null;
  throttled_at: null;
  url: string;
  request: { headers: Record<string, string>; payload: Record<string, unknown> };
  response: { headers: Record<string, unknown>; payload: string };
};

/** What the hooks need of the double. */
export type HookParts = {
  appId: number;
  secret: string;
  clock: () => number;
  newId: () => number;
  faults: Faults;
};

/** What the App's owner sets of its webhook beside the address. */
export type HookSettings = { secret: string; contentType: "json" | "form"; insecureSsl: boolean };

/** The App's one webhook: sends deliveries without waiting for them, and logs them. */
export class Hooks {
  /** Where deliveries go; while it is undefined the App has no webhook and nothing is sent. */
  url: string | undefined;
  readonly settings: HookSettings;
  readonly #parts: HookParts;
  readonly #log: Delivery[] = [];
  readonly #inFlight = new Set<Promise<void>>();
  readonly #hookId: number;

  constructor(parts: HookParts) {
    this.#parts = parts;
    this.#hookId = parts.newId();
    this.settings = { secret: parts.secret, contentType: "json", insecureSsl: false };
  }

  /** All deliveries that ended, the newest first, as GitHub lists them. */
  deliveries(): Delivery[] {
    return [...this.#log].reverse();
  }

  /** Sends an event, as often as the faults want it. */
  send(event: Event): void {
    if (!this.url) return;
    const fault = this.#parts.faults.takeDeliveryFault(event.event, event.action);
    const guid = randomUUID();
    if (fault?.kind === "drop") this.#record({ event, guid, redelivery: false }, lost, 0);
    else if (fault?.kind === "delay") void fault.gate.pass().then(() => this.#start(event, guid, false));
    else this.#start(event, guid, false);
    if (fault?.kind === "double") this.#start(event, guid, false);
  }

  /** Sends a logged delivery once more, under the same guid. Says whether there is such a delivery. */
  redeliver(id: number): boolean {
    const old = this.#log.find((one) => one.id === id);
    if (!old) return false;
    const { event, action, installation_id, repository_id, request } = old;
    const ids = { installationId: installation_id, repositoryId: repository_id };
    this.#start({ event, action, ...ids, payload: request.payload }, old.guid, true);
    return true;
  }

  /** Resolves when nothing is in flight; what waits at a gate does not count. */
  async settled(): Promise<void> {
    do {
      await Promise.all(this.#inFlight);
      // What a gate has just let go needs a turn to take off.
      await setImmediate();
    } while (this.#inFlight.size > 0);
  }

  #start(event: Event, guid: string, redelivery: boolean): void {
    const sending = this.#deliver({ event, guid, redelivery }).finally(() => this.#inFlight.delete(sending));
    this.#inFlight.add(sending);
  }

  async #deliver(sent: Sent): Promise<void> {
    const body = this.#bodyOf(sent);
    const begun = performance.now();
    const response = await postDelivery(this.url ?? "", this.#headers(sent, body), body);
    this.#record(sent, response, (performance.now() - begun) / 1000);
  }

  #record({ event, guid, redelivery }: Sent, response: Response, duration: number): void {
    const body = this.#bodyOf({ event });
    this.#log.push({
      id: this.#parts.newId(),
      guid,
      delivered_at: new Date(this.#parts.clock()).toISOString(),
      redelivery,
      duration: Math.round(duration * 100) / 100,
      status: response.status,
      status_code: response.statusCode,
      event: event.event,
      action: event.action,
      installation_id: event.installationId,
      repository_id: event.repositoryId,
      throttled_at: null,
      url: this.url ?? "",
      request: { headers: this.#headers({ event, guid, redelivery }, body), payload: event.payload },
      response: { headers: response.headers, payload: response.payload },
    });
  }

  #bodyOf({ event }: Pick<Sent, "event">): string {
    const text = JSON.stringify(event.payload);
    return this.settings.contentType === "json" ? text : `payload=${encodeURIComponent(text)}`;
  }

  #headers({ event, guid }: Sent, body: string): Record<string, string> {
    const { secret, contentType } = this.settings;
    const sign = (hash: string): string => `${hash}=${createHmac(hash, secret).update(body).digest("hex")}`;
    const signatures = { "X-Hub-Signature": sign("sha1"), "X-Hub-Signature-256": sign("sha256") };
    return {
      Accept: "*/*",
      "Content-Type": contentType === "json" ? "application/json" : "application/x-www-form-urlencoded",
      "Content-Length": String(Buffer.byteLength(body)),
      "User-Agent": "GitHub-Hookshot/d0ab1e5",
      "X-GitHub-Delivery": guid,
      "X-GitHub-Event": event.event,
      "X-GitHub-Hook-ID": String(this.#hookId),
      "X-GitHub-Hook-Installation-Target-ID": String(this.#parts.appId),
      "X-GitHub-Hook-Installation-Target-Type": "integration",
      // Without a secret nothing is signed.
      ...(secret && signatures),
    };
  }
}

type Sent = { event: Event; guid: string; redelivery: boolean };

const lost: Response = { status: "timed out", statusCode: 504, headers: {}, payload: "" };
