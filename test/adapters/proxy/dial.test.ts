import { networkInterfaces } from "node:os";
import { describe, expect, test } from "@jest/globals";
import { checkedAddresses } from "../../../src/adapters/proxy/dial.ts";
import { publicRegistries } from "../../../src/domain/paths/manifests.ts";

const port = 443;
const mirrors = publicRegistries.map((host) => ({ host, port }));

function look(host: string, found: string[], inside: string[] = []) {
  const resolve = async () => found.map((address) => ({ address, family: address.includes(":") ? 6 : 4 }));
  const own = inside.map((name) => ({ host: name, port }));
  return checkedAddresses({ host, port }, { resolve, inside: own, mirrors });
}

const registry = "registry.npmjs.org";
const own = Object.values(networkInterfaces())
  .flat()
  .flatMap((one) => (one && !one.internal ? [one.address] : []));

describe("a name that is looked up", () => {
  test.each([
    ["a host on the Internet", "npm.evil.test", ["93.184.216.34"]],
    ["a public registry, of which a network has its own copy", registry, ["10.0.0.7"]],
    ["the same by IPv6", registry, ["fd00::7"]],
    ["the same at an address that is for examples", registry, ["203.0.113.9"]],
  ])("leads to %s", async (_, host, found) => {
    expect(await look(host, found)).toHaveLength(1);
  });

  test("leads anywhere where the operator says so", async () => {
    expect(await look("npm.acme.test", ["127.0.0.1"], ["npm.acme.test"])).toHaveLength(1);
  });

  test.each([
    ["a host that only a repository names", "npm.acme.test", ["10.0.0.7"]],
    ["a public registry on the loopback", registry, ["127.0.0.1"]],
    ["one on the loopback, by IPv6", registry, ["::1"]],
    ["one on the loopback, in IPv6's clothes", registry, ["::ffff:127.0.0.1"]],
    ["one at the metadata of a cloud", registry, ["169.254.169.254"]],
    ["one at the metadata of a cloud, by NAT64", registry, ["64:ff9b::a9fe:a9fe"]],
    ["one on the link", registry, ["fe80::1"]],
    ["one at a group of many", registry, ["224.0.0.1"]],
    ["one whose second address is this machine's", registry, ["10.0.0.7", "127.0.0.1"]],
    ...own.map((address): [string, string, string[]] => ["one at our own address", registry, [address]]),
  ])("is not dialled: %s", async (_, host, found) => {
    expect(await look(host, found)).toMatch(
      new RegExp(`private address.*egress\\.private: \\[${host.replaceAll(".", "\\.")}\\]`),
    );
  });

  test("is not dialled where nothing knows it", async () => {
    expect(await look(registry, [])).toBe("its name cannot be resolved");
  });
});
