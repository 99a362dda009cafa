import type { NetworkProxies } from "../../domain/host/network-proxies.ts";
import { proxyFor } from "../../domain/host/network-proxies.ts";
import { fetchThrough } from "./fetch-through.ts";

/** How long an address may take to answer anything at all. */
const answerMs = 10_000;

/** Why an address does not go through, and what to do about it. */
export type Blocked = { why: string; repair: string };

/** An open way; `aheadMs`: by how much our clock was ahead of the time that was told there, in milliseconds. */
export type OpenWay = { aheadMs: number | null };

/** Asks an address for its head; any answer of HTTP means that the way is open, whatever its status. */
export async function tryWay(url: string, proxies: NetworkProxies): Promise<Blocked | OpenWay> {
  try {
    const answer = await fetchThrough(proxies)(url, {
      method: "HEAD",
      signal: AbortSignal.timeout(answerMs),
    });
    await answer.body?.cancel();
    const told = Date.parse(answer.headers.get("date") ?? "");
    return { aheadMs: Number.isNaN(told) ? null : Date.now() - told };
  } catch (error) {
    const { host } = new URL(url);
    return explainCode(innermostCode(error), { host, proxy: proxyFor(proxies, url)?.host });
  }
}

const unknownAuthority = /^(?:UNABLE_TO_|SELF_SIGNED_|DEPTH_ZERO_|CERT_|ERR_TLS_)/;

/** The words for a code of the system, of TLS or of a proxy. */
export function explainCode(
  code: string,
  { host, proxy }: { host: string; proxy: string | undefined },
): Blocked {
  if (unknownAuthority.test(code))
    return {
      why: `the certificate of ${host} is of no authority that this machine trusts (${code})`,
      repair: "Set NODE_EXTRA_CA_CERTS to a file with the certificate of your company's authority.",
    };
  if (code === "PROXY_407")
    return {
      why: `the proxy ${proxy} wants a user and a password, or others`,
      repair:
        "Write them into HTTPS_PROXY: http://user:password@host:port, special characters percent-encoded.",
    };
  if (code.startsWith("PROXY_"))
    return {
      why: `the proxy ${proxy} lets nobody through to ${host} (${code.slice("PROXY_".length)})`,
      repair: `Let the proxy allow ${host}, or name it in NO_PROXY where it is reached without.`,
    };
  if (proxy !== undefined)
    return {
      why: `${host} does not answer through the proxy ${proxy} (${code})`,
      repair: "Hold HTTPS_PROXY against your network, and see whether the proxy runs.",
    };
  return {
    why: `${host} cannot be reached (${code})`,
    repair: `Allow connections to ${host}, or set HTTPS_PROXY to your network's proxy.`,
  };
}

/** Node's own fetch hides the cause below its error. */
function innermostCode(error: unknown): string {
  const { code, cause, name } = error as { code?: unknown; cause?: unknown; name?: unknown };
  if (typeof code === "string") return code;
  if (cause !== undefined) return innermostCode(cause);
  return name === "TimeoutError" ? "no answer in time" : String(name);
}
