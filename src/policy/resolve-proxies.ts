import type { NetworkProxies } from "../domain/host/network-proxies.ts";
import type { Variables } from "./variables.ts";

/** The proxies that the environment names, as curl, git and npm read it: small letters win over capitals. */
export function resolveProxies(environment: Variables): NetworkProxies {
  const named = (name: string) => environment[name] ?? environment[name.toUpperCase()];
  const [http, https] = ["http_proxy", "https_proxy"].map((name) => {
    const text = named(name) ?? named("all_proxy");
    return text === undefined ? undefined : parseProxyAddress(text)?.href;
  });
  const direct = (named("no_proxy") ?? "").split(/[\s,]+/).filter(Boolean);
  return { http, https, direct };
}

/** The variables that name a proxy which cannot be used, each with its repair; no value is shown, for it has a password. */
export function proxyProblems(environment: Variables): string[] {
  return ["http_proxy", "https_proxy", "all_proxy"]
    .flatMap((name) => [name, name.toUpperCase()])
    .filter((name) => environment[name] !== undefined && !parseProxyAddress(environment[name]))
    .map(
      (name) =>
        `${name} names no HTTP proxy. Set it to an address such as http://user:password@proxy.example:3128, with special characters of the password percent-encoded, or unset it.`,
    );
}

/** Curl's rule: an address without a scheme is one of http. */
function parseProxyAddress(text: string): URL | undefined {
  const address = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(address)) return undefined;
  const url = new URL(address);
  const isWhole = /^https?:$/.test(url.protocol) && isDecodable(`${url.username}${url.password}`);
  return isWhole ? url : undefined;
}

function isDecodable(text: string): boolean {
  return !/%(?![0-9a-f]{2})/i.test(text);
}
