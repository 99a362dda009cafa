import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server on a free port of the loopback that remembers what it was asked. */
export type TestServer = {
  url: string;
  port: number;
  seen: { method: string; url: string; headers: IncomingMessage["headers"]; body: string }[];
  close(): Promise<void>;
};

/** Starts a server; `answer` is called once the request was read whole, or with `unread` at once: it reads by itself. */
export async function startServer(
  answer: RequestListener,
  { unread = false }: { unread?: boolean } = {},
): Promise<TestServer> {
  const seen: TestServer["seen"] = [];
  const server: Server = createServer(async (request, response) => {
    if (unread) return answer(request, response);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { method = "", url = "", headers } = request;
    seen.push({ method, url, headers, body: Buffer.concat(chunks).toString("utf8") });
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    seen,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
