import * as http from "node:http";
import * as https from "node:https";
import type { Socket } from "node:net";
import * as tls from "node:tls";
import { proxyAuthorization } from "../../domain/host/network-proxies.ts";
import { type HostTarget, targetName } from "./judge-target.ts";

/** How long a proxy may take to open a tunnel. */
const connectMs = 30_000;

/** Opens a tunnel through a proxy of the network; its errors name the proxy without its password. */
export function openTunnel(proxy: URL, target: HostTarget): Promise<Socket> {
  const { ask, place } = proxyAddress(proxy);
  const name = targetName(target);
  const request = ask({
    ...{ ...place, agent: false, method: "CONNECT", path: name, timeout: connectMs },
    headers: { host: name, ...authorizing(proxy) },
  });
  return new Promise((resolve, reject) => {
    request.once("timeout", () => request.destroy(new Error(`the proxy ${proxy.host} is silent`)));
    request.once("error", reject);
    request.once("response", (answer) => {
      answer.destroy();
      reject(proxyRefusal(proxy, answer.statusCode));
    });
    request.once("connect", ({ statusCode }, socket: Socket, head: Buffer) => {
      if (statusCode !== 200) {
        socket.destroy();
        return reject(proxyRefusal(proxy, statusCode));
      }
      socket.setTimeout(0);
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    request.end();
  });
}

/** The options by which a request over TLS goes through a proxy; the certificate is that of the host behind it. */
export function tlsThrough(proxy: URL, { host, port }: HostTarget): https.RequestOptions {
  return {
    createConnection: (options, created) => {
      openTunnel(proxy, { host, port }).then(
        (socket) => created(null, tls.connect({ ...secureOf(options), socket, servername: host })),
        (error: Error) => created(error, undefined as never),
      );
      return undefined;
    },
  };
}

/** A request in clear as a proxy takes it: to the proxy, with the whole address in its line. */
export function clearThrough(
  proxy: URL,
  { target, path }: { target: HostTarget; path: string },
): { ask: typeof http.request; options: http.RequestOptions; headers: Record<string, string> } {
  const { ask, place } = proxyAddress(proxy);
  const authority = target.port === 80 ? target.host : targetName(target);
  return { ask, options: { ...place, path: `http://${authority}${path}` }, headers: authorizing(proxy) };
}

function proxyAddress({ protocol, hostname, port }: URL): {
  ask: typeof http.request;
  place: { host: string; port: number };
} {
  const isSecure = protocol === "https:";
  return {
    ask: isSecure ? https.request : http.request,
    place: { host: hostname.replace(/^\[|\]$/g, ""), port: Number(port || (isSecure ? 443 : 80)) },
  };
}

function authorizing(proxy: URL): Record<string, string> {
  const shown = proxyAuthorization(proxy);
  return shown === "" ? {} : { "proxy-authorization": shown };
}

/** Whom TLS trusts is this process's own affair, as it is without a proxy. */
function secureOf({ ca = https.globalAgent.options.ca }: https.RequestOptions): tls.ConnectionOptions {
  return ca === undefined ? {} : { ca };
}

function proxyRefusal({ host }: URL, status: number | undefined): Error {
  const why =
    status === 407
      ? "wants a user and a password, or others than HTTPS_PROXY names"
      : `refused the way with ${status ?? "no status"}`;
  return Object.assign(new Error(`the proxy ${host} ${why}`), { code: `PROXY_${status ?? "FAILED"}` });
}
