import type { Registries } from "../domain/host/registries.ts";
import type { Variables } from "./variables.ts";

/** What names one registry, each from its tool's documentation; the first that is set counts, and is told under its name. */
const named: { tell: string; read: string[] }[] = [
  { tell: "npm_config_registry", read: ["npm_config_registry", "NPM_CONFIG_REGISTRY"] },
  { tell: "YARN_NPM_REGISTRY_SERVER", read: ["YARN_NPM_REGISTRY_SERVER"] },
  { tell: "PIP_INDEX_URL", read: ["PIP_INDEX_URL"] },
  { tell: "UV_DEFAULT_INDEX", read: ["UV_DEFAULT_INDEX", "UV_INDEX_URL"] },
  { tell: "GOPROXY", read: ["GOPROXY"] },
];

/**
 * The registries that the service's own environment names, else its user's `.npmrc`, for set-up. A credential in an address
 * stays outside (`egress.credentials` puts it in); what is no address of a host is left out.
 */
export function resolveRegistries(environment: Variables, npmrc: string): Registries {
  const ofFile = /^[^\S\n]*registry[^\S\n]*=[^\S\n]*(?<url>\S+)/m.exec(npmrc)?.groups?.url;
  const found = named.flatMap(({ tell, read }) => {
    const text =
      read.map((name) => environment[name]).find(Boolean) ??
      (tell === "npm_config_registry" ? ofFile : undefined);
    const address = text === undefined ? undefined : addressOf(text);
    return address ? [{ tell, ...address }] : [];
  });
  return {
    environment: Object.fromEntries(found.map(({ tell, url }) => [tell, url])),
    hosts: [...new Set(found.map(({ host }) => host))],
  };
}

/** Go takes a list, of which the first is asked first. */
function addressOf(text: string): { url: string; host: string } | undefined {
  const [first = ""] = text.split(/[,|]/);
  if (!URL.canParse(first)) return undefined;
  const url = new URL(first);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  url.username = "";
  url.password = "";
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  return { url: url.href, host: port === "443" ? url.hostname : `${url.hostname}:${port}` };
}
