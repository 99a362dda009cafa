import { promises as dns, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { nameOf, type Target } from "./judge-target.ts";
import { isPublicAddress, mayHoldRegistry } from "./public-address.ts";

/** Asks for the addresses of a name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** The machine's own way to resolve names. */
export const resolveName: Resolve = (host) => dns.lookup(host, { all: true });

/** Who may lie in a private network: `inside` because the operator says so, `mirrors` as registries of that network. */
export type Inner = { inside: Target[]; mirrors: Target[] };

/** The addresses of a target, each of them checked; or why none is dialled. */
export async function checkedAddresses(
  target: Target,
  { resolve, inside, mirrors }: Inner & { resolve: Resolve },
): Promise<LookupAddress[] | string> {
  const addresses = await resolve(target.host).catch(() => []);
  if (addresses.length === 0) return "its name cannot be resolved";
  const isAmong = (list: Target[]) => list.some((known) => nameOf(known) === nameOf(target));
  if (isAmong(inside)) return addresses;
  const isFit = isAmong(mirrors) ? mayHoldRegistry : isPublicAddress;
  // One private address among public ones is a name that means to lead somewhere else the second time.
  if (!addresses.every(({ address }) => isFit(address)))
    return `its name leads to a private address; the operator can allow that by \`egress.private: [${target.host}]\` in the file that DRAFTHORSE_CONFIG names`;
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
