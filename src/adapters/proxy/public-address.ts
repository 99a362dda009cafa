import { BlockList, isIPv4 } from "node:net";
import { networkInterfaces } from "node:os";

/** What is not the public Internet, by IANA's registry of special addresses. */
const privateV4 = blockList("ipv4", [
  ...["0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12"],
  ...["192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15"],
  ...["198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"],
]);
/** Of IPv6 only this is public at all, and of it not the ways that lead on to an IPv4 address, nor documentation. */
const publicV6 = blockList("ipv6", ["2000::/3"]);
const privateV6 = blockList("ipv6", ["2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"]);

/**
 * Where no registry lies: this machine, its neighbours on the link (clouds keep their secrets there), many at once, and the
 * IPv6 names of IPv4 addresses.
 */
const nowhereV4 = blockList("ipv4", ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"]);
const nowhereV6 = blockList("ipv6", ["::/64", "64:ff9b::/32", "2002::/16", "fe80::/10", "ff00::/8"]);

/** Whether a network may have a registry of its own at an address: in private ones too, but not on this machine. */
export function mayHoldRegistry(address: string): boolean {
  if (ownAddresses().includes(address)) return false;
  return isIPv4(address) ? !nowhereV4.check(address, "ipv4") : !nowhereV6.check(address, "ipv6");
}

/** Whether an address is out on the Internet: neither private, nor special, nor this machine's own. */
export function isPublicAddress(address: string): boolean {
  if (ownAddresses().includes(address)) return false;
  if (isIPv4(address)) return !privateV4.check(address, "ipv4");
  return publicV6.check(address, "ipv6") && !privateV6.check(address, "ipv6");
}

function blockList(family: "ipv4" | "ipv6", subnets: string[]): BlockList {
  const list = new BlockList();
  for (const subnet of subnets) {
    const [address = "", prefix] = subnet.split("/");
    list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function ownAddresses(): string[] {
  return Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
}
