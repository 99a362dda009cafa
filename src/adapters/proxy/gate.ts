import type { IncomingMessage } from "node:http";
import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import { isSameSecret } from "../../domain/text/is-same-secret.ts";
import type { Inner, Resolve } from "./dial.ts";
import type { HostTarget } from "./judge-target.ts";
import type { Pool } from "./open-pool.ts";

/** What the two ways through an egress proxy share: tunnels, and requests in clear. */
export type EgressGate = Inner & {
  hosts: HostTarget[];
  /** Further hosts, from which it only reads. */
  reads: HostTarget[];
  /** The header's value for a host, by its name with its port. */
  credentials: Record<string, string>;
  resolve: Resolve;
  pool: Pool;
  /** The password by which it knows the one command that it was opened for. */
  token: string;
  /** The network's own proxies, by which the way goes on. */
  proxies: NetworkProxies;
  refuse(asked: string, why: string): void;
};

/** The name that stands before the token in the address that a command is told. */
export const proxyUser = "drafthorse";

/** What whoever shows no token is asked for: some clients send it only then. */
export const challenge = 'Basic realm="drafthorse"';

/**
 * Whether a request comes from the command that the proxy was opened for. Without a sandbox the port inside is the
 * host's own, where every process could come by.
 */
export function hasProxyToken(
  { headers }: Pick<IncomingMessage, "headers">,
  { token }: Pick<EgressGate, "token">,
): boolean {
  const shown = /^Basic (?<text>[A-Za-z0-9+/]+=*)$/i.exec(headers["proxy-authorization"] ?? "")?.groups?.text;
  return (
    shown !== undefined &&
    isSameSecret(Buffer.from(shown, "base64").toString("utf8"), `${proxyUser}:${token}`)
  );
}

/** What a client is told before its tunnel begins. */
export const established = "HTTP/1.1 200 Connection established\r\n\r\n";
