import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** How many connections are open at once at most: a prober and a scraper need two. */
const mostConnections = 50;

/** Listens for health and metrics alone, where the web part is elsewhere. Resolves to its port and the way to end it. */
export async function startOperations(
  answer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>,
  { host, port }: { host: string; port: number },
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    if (await answer(request, response)) return;
    response.writeHead(404).end();
  });
  server.maxConnections = mostConnections;
  server.listen(port, host);
  await once(server, "listening");
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
