import { promises as dns, type LookupAddress } from "node:dns";
import type { LookupFunction } from "node:net";
import { nameOf, type Target } from "./judge-target.ts";
import { isPublicAddress } from "./public-address.ts";

/** Asks for the addresses of a name. */
export type Resolve = (host: string) => Promise<LookupAddress[]>;

/** The machine's own way to resolve names. */
export const resolveName: Resolve = (host) => dns.lookup(host, { all: true });

/** The addresses of a target, each of them checked; or why none is dialled. */
export async function checkedAddresses(
  target: Target,
  { resolve, inside }: { resolve: Resolve; inside: Target[] },
): Promise<LookupAddress[] | string> {
  const addresses = await resolve(target.host).catch(() => []);
  if (addresses.length === 0) return "its name cannot be resolved";
  const isInside = inside.some((known) => nameOf(known) === nameOf(target));
  // One private address among public ones is a name that means to lead somewhere else the second time.
  if (!isInside && !addresses.every(({ address }) => isPublicAddress(address)))
    return "its name leads to a private address, which only the operator can allow (egress.private)";
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
