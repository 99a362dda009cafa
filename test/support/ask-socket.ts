import { type IncomingHttpHeaders, request } from "node:http";
import { connect } from "node:net";

/** An answer that came over a socket. */
export type SocketAnswer = { status: number; headers: IncomingHttpHeaders; body: string };

/** Asks a server on a unix socket. */
export function askSocket(
  socketPath: string,
  order: { method?: string; path: string; headers?: Record<string, string>; body?: string },
): Promise<SocketAnswer> {
  const { method = "GET", path, headers = {}, body } = order;
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers, agent: false }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("error", reject);
      answer.on("end", () => {
        const text = Buffer.concat(chunks).toString("utf8");
        resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: text });
      });
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

/** Writes bytes to a unix socket as they are; the status of each answer that comes before it is closed or silent. */
export function sendRaw(socketPath: string, bytes: string, quietMs = 2_000): Promise<number[]> {
  return new Promise((resolve) => {
    const socket = connect(socketPath);
    let text = "";
    const end = () => {
      socket.destroy();
      resolve([...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map((match) => Number(match[1])));
    };
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
    });
    socket.on("close", end).on("error", end).setTimeout(quietMs, end);
    socket.write(bytes, "latin1");
  });
}
