import type { IncomingMessage, ServerResponse } from "node:http";
import { type KnownKey, keyPlaces } from "../../domain/attestation/known-keys.ts";
import type { Signer } from "../../ports/signer.ts";
import type { Log } from "../../ports.ts";
import { writeAnswer } from "./answer.ts";

/** What stands at each well-known address, and what it is. */
const pages: Record<string, { type: string; text: (keys: KnownKey[]) => string }> = {
  [keyPlaces.all]: { type: "application/json", text: (keys) => `${JSON.stringify({ keys }, null, 2)}\n` },
  [keyPlaces.present]: { type: "application/x-pem-file", text: (keys) => keys.at(-1)?.publicKey ?? "" },
};

/** Answers the well-known addresses of the keys; resolves to false for every other, which is then unanswered. */
export function answerKeys(
  signer: Pick<Signer, "keys">,
  log: Log,
): (request: IncomingMessage, response: ServerResponse) => Promise<boolean> {
  return async (request, response) => {
    const page = pages[request.url?.split("?")[0] ?? ""];
    if (!page || (request.method !== "GET" && request.method !== "HEAD")) return false;
    try {
      const body = page.text(await signer.keys());
      response.writeHead(200, {
        "content-type": page.type,
        "content-length": Buffer.byteLength(body),
        "cache-control": "no-cache",
      });
      // Node.js sends no body of an answer to HEAD.
      response.end(body);
    } catch (err) {
      log.error({ err }, "the keys could not be read");
      writeAnswer({ request, response }, { status: 503, message: "The keys cannot be read just now." });
    }
    return true;
  };
}
