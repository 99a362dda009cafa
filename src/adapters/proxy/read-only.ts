import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";
import { type EgressGate, established } from "./gate.ts";
import { type HostTarget, targetName } from "./judge-target.ts";
import type { MadeAuthority } from "./make-authority.ts";
import { isReading, passTo, refusePlain, refuseWriting } from "./pass-plain.ts";

/** Takes the place of a host in a tunnel. */
export type StandIn = (target: HostTarget, tunnel: { socket: Duplex; head: Buffer }) => void;

/**
 * Speaks TLS in a tunnel itself, so that it sees what is asked, and passes on nothing but what reads. Whom the client
 * trusts for that is an authority of this one proxy.
 */
export function standIn(gate: EgressGate, { certificate, key }: MadeAuthority): StandIn {
  const secureContext = createSecureContext({ cert: certificate, key });
  const targets = new WeakMap<object, HostTarget>();
  const server = createServer((request, response) => {
    const target = targets.get(request.socket);
    if (target) void answerReading(gate, { target, exchange: { request, response } });
    else response.destroy();
  });
  return (target, { socket, head }) => {
    socket.write(established);
    if (head.length > 0) socket.unshift(head);
    const secure = new TLSSocket(socket as never, { isServer: true, secureContext });
    secure.on("error", () => secure.destroy());
    targets.set(secure, target);
    server.emit("connection", secure);
  };
}

/** No other form of a request's target goes on: a server could take a whole address for an order to ask somebody else. */
const isPath = /^\/[\x21\x22\x24-\x7e]*$/;

type AskedToRead = { target: HostTarget; exchange: { request: IncomingMessage; response: ServerResponse } };

async function answerReading(gate: EgressGate, { target, exchange }: AskedToRead): Promise<void> {
  const { request, response } = exchange;
  const { method = "", url = "" } = request;
  try {
    const asked = `https://${targetName(target)}${url}`;
    if (!isReading(method)) return refuseWriting(gate, { asked, response });
    if (!isPath.test(url)) return refusePlain(gate, { asked, response, why: "what is asked for is no path" });
    const credential = gate.credentials[targetName(target)];
    const way = { target, path: url, credential, isSecure: true, reads: true };
    await passTo(gate, { way, asked }, exchange);
  } catch {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  }
}
