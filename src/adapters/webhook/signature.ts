import { createHmac, type Hmac, timingSafeEqual } from "node:crypto";

/** `sha256=` and 64 hex digits: the only form of `X-Hub-Signature-256` that GitHub sends. */
const form = /^sha256=(?<mac>[0-9a-f]{64})$/;

/** The code in a signature header, or undefined if the header has any other form. */
export function macIn(header: string | string[] | undefined): Buffer | undefined {
  const mac = typeof header === "string" ? form.exec(header)?.groups?.mac : undefined;
  return mac === undefined ? undefined : Buffer.from(mac, "hex");
}

/**
 * Signs the raw bytes of a body with each secret as they arrive. `verify` of @octokit/webhooks takes the body as one
 * string: 25 MiB would be decoded, kept twice and hashed in one go before the sender has proved anything.
 */
export class Signers {
  readonly #hmacs: Hmac[];

  constructor(secrets: readonly string[]) {
    this.#hmacs = secrets.map((secret) => createHmac("sha256", secret));
  }

  update(chunk: Uint8Array): void {
    for (const hmac of this.#hmacs) hmac.update(chunk);
  }

  /** Whether one of the secrets made this code. Every secret is compared, each in constant time. */
  made(mac: Uint8Array): boolean {
    return this.#hmacs.map((hmac) => timingSafeEqual(hmac.digest(), mac)).includes(true);
  }
}
