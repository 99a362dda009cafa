import type { ServerResponse } from "node:http";

/** Answers with an error in the form that the clients of all providers read, and lets go of the connection. */
export function refuse(response: ServerResponse, { status, why }: { status: number; why: string }): void {
  if (response.headersSent || response.destroyed) {
    response.destroy();
    return;
  }
  const type = status === 402 ? "budget_exceeded" : "permission_error";
  const message = `Drafthorse: ${why}.`;
  const body = JSON.stringify({ type: "error", error: { type, code: status, message } });
  // What is left of the request is not read, so the connection cannot be used for another.
  response.writeHead(status, { "content-type": "application/json", connection: "close" });
  response.end(body);
}
