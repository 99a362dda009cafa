import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";

const timeout = 10_000;
const longestKept = 16_384;

/** What came back from a webhook's receiver. */
export type Response = {
  status: string;
  statusCode: number;
  headers: Record<string, unknown>;
  payload: string;
};

/** Posts a delivery once, waits ten seconds at most as GitHub does, and says how it went. */
export async function postDelivery(
  target: string,
  headers: Record<string, string>,
  body: string,
): Promise<Response> {
  const request = target.startsWith("https:") ? httpsRequest : httpRequest;
  return new Promise((resolve) => {
    const signal = AbortSignal.timeout(timeout);
    const outgoing = request(target, { method: "POST", headers, agent: false, signal }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
      incoming.on("error", () => resolve(failure(signal)));
      incoming.on("end", () =>
        resolve({
          status: (incoming.statusCode ?? 0) < 300 ? "OK" : (incoming.statusMessage ?? "failed"),
          statusCode: incoming.statusCode ?? 0,
          headers: incoming.headers,
          payload: Buffer.concat(chunks).subarray(0, longestKept).toString(),
        }),
      );
    });
    outgoing.on("error", () => resolve(failure(signal)));
    outgoing.end(body);
  });
}

function failure(signal: AbortSignal): Response {
  return signal.aborted
    ? { status: "timed out", statusCode: 504, headers: {}, payload: "" }
    : { status: "failed to connect to host", statusCode: 502, headers: {}, payload: "" };
}
