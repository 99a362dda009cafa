import type { IncomingMessage, ServerResponse } from "node:http";

/** What the ingress says to a request. */
export type WebhookAnswer = { status: number; message: string; headers?: Record<string, string> };

/** A rest of a body this small is read and thrown away, which keeps the connection; 64 KiB is one read of a socket. */
const smallRest = 64 * 1024;

/** How long a sender has to read a refusal before its connection is cut, in milliseconds; a reset would discard it. */
const lingerMs = 300;

/** Writes an answer. A sender whose large body nobody wants is told so and cut off. */
export function writeAnswer(
  exchange: { request: IncomingMessage; response: ServerResponse },
  answer: WebhookAnswer,
): void {
  const { request, response } = exchange;
  const text = `${JSON.stringify({ message: answer.message })}\n`;
  const cut = !request.complete && !(Number(request.headers["content-length"]) <= smallRest);
  response.writeHead(answer.status, {
    "content-type": "application/json; charset=utf-8",
    "content-length": Buffer.byteLength(text),
    ...(cut && { connection: "close" }),
    ...answer.headers,
  });
  if (cut) linger(response, text);
  else response.end(text);
}

/** `end` would close the socket at once; until then nothing more of the body is read. */
function linger(response: ServerResponse, text: string): void {
  response.write(text);
  const timer = setTimeout(() => response.end(), lingerMs);
  response.once("close", () => clearTimeout(timer));
}
