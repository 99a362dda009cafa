import { promises as dns, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { type NetworkProxies, proxyFor } from "../../domain/host/network-proxies.ts";
import { type HostTarget, targetName } from "./judge-target.ts";
import { isPublicAddress, mayHoldRegistry } from "./public-address.ts";

/** Asks for the addresses of a name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** The machine's own way to resolve names. */
export const resolveName: Resolve = (host) => dns.lookup(host, { all: true });

/** Who may lie in a private network: `inside` because the operator says so, `mirrors` as registries of that network. */
export type Inner = { inside: HostTarget[]; mirrors: HostTarget[] };

/** How a target is reached: at addresses that were checked, or by a proxy of the network. */
export type HostWay = { kind: "addresses"; addresses: LookupAddress[] } | { kind: "proxy"; proxy: URL };

/**
 * How a target is reached, or why it is not. A proxy resolves a name anew, where we cannot see it. So it is asked for names
 * that no repository chose, and for one that a repository gave only where that leads out on the Internet from here too.
 */
export async function findWay(
  target: HostTarget,
  gate: Inner & { resolve: Resolve; proxies: NetworkProxies; scheme: "http" | "https" },
): Promise<HostWay | string> {
  const proxy = proxyFor(gate.proxies, `${gate.scheme}://${targetName(target)}/`);
  const isKnown = [...gate.inside, ...gate.mirrors].some((known) => targetName(known) === targetName(target));
  if (proxy && isKnown) return { kind: "proxy", proxy };
  const addresses = await checkedAddresses(target, gate);
  if (proxy && addresses === unresolved)
    return `${unresolved} here, and only a repository names it, so the proxy is not asked for it; ${allowing(target)}`;
  if (typeof addresses === "string") return addresses;
  return proxy ? { kind: "proxy", proxy } : { kind: "addresses", addresses };
}

const unresolved = "its name cannot be resolved";

function allowing({ host, port }: HostTarget): string {
  const name = port === 443 ? host : `"${host}:${port}"`;
  return `the operator can allow that by \`egress.private: [${name}]\` in the file that DRAFTHORSE_CONFIG names`;
}

/** The addresses of a target, each of them checked; or why none is dialled. */
export async function checkedAddresses(
  target: HostTarget,
  { resolve, inside, mirrors }: Inner & { resolve: Resolve },
): Promise<LookupAddress[] | string> {
  const addresses = await resolve(target.host).catch(() => []);
  if (addresses.length === 0) return unresolved;
  const isAmong = (list: HostTarget[]) => list.some((known) => targetName(known) === targetName(target));
  if (isAmong(inside)) return addresses;
  const isFit = isAmong(mirrors) ? mayHoldRegistry : isPublicAddress;
  // One private address among public ones is a name that means to lead somewhere else the second time.
  if (!addresses.every(({ address }) => isFit(address)))
    return `its name leads to a private address; ${allowing(target)}`;
  return addresses;
}

/** A connection's way to look up a name that answers with what was checked, so that nothing is resolved twice. */
export function lookupOf(addresses: LookupAddress[]): LookupFunction {
  return (_host, options, callback) => {
    const [first] = addresses;
    if (options.all) callback(null, addresses);
    else callback(null, first?.address ?? "", first?.family ?? 4);
  };
}
