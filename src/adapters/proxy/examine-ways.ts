import { type NetworkProxies, proxyFor } from "../../domain/host/network-proxies.ts";
import type { WayExam } from "../../ports/doctor.ts";
import { tryWay } from "./try-way.ts";

/** Tries every address at once; the authorities of `openTrust` count. */
export function examineWays(
  ways: { name: string; url: string }[],
  proxies: NetworkProxies,
): Promise<WayExam[]> {
  return Promise.all(
    ways.map(async ({ name, url }) => {
      const tried = await tryWay(url, proxies);
      const proxy = proxyFor(proxies, url)?.host ?? null;
      return "why" in tried
        ? { name, url, proxy, blocked: tried, aheadMs: null }
        : { name, url, proxy, blocked: null, aheadMs: tried.aheadMs };
    }),
  );
}
