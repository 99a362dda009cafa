import type { Registries } from "../domain/host/registries.ts";
import type { Variables } from "./variables.ts";

/** The settings of the service's own user, as texts; `""` where there is no such file. */
export type UserSettings = { npmrc: string; pipConf: string; yarnrc: string };

/** What names one registry, each from its tool's documentation; the first that is set counts, and is told under its name. */
const named: { tell: string; read: string[]; file?: (settings: UserSettings) => string | undefined }[] = [
  {
    tell: "npm_config_registry",
    read: ["npm_config_registry", "NPM_CONFIG_REGISTRY"],
    file: ({ npmrc }) => settingOf(npmrc, /^[^\S\n]*registry[^\S\n]*=[^\S\n]*"?(?<url>[^\s"]+)/m),
  },
  {
    tell: "YARN_NPM_REGISTRY_SERVER",
    read: ["YARN_NPM_REGISTRY_SERVER"],
    file: ({ yarnrc }) => settingOf(yarnrc, /^npmRegistryServer:[^\S\n]*["']?(?<url>[^\s"']+)/m),
  },
  {
    tell: "PIP_INDEX_URL",
    read: ["PIP_INDEX_URL"],
    file: ({ pipConf }) => settingOf(pipConf, /^[^\S\n]*index[-_]url[^\S\n]*[=:]\s*(?<url>\S+)/m),
  },
  {
    tell: "PIP_EXTRA_INDEX_URL",
    read: ["PIP_EXTRA_INDEX_URL"],
    file: ({ pipConf }) => settingOf(pipConf, /^[^\S\n]*extra[-_]index[-_]url[^\S\n]*[=:]\s*(?<url>\S+)/m),
  },
  { tell: "UV_DEFAULT_INDEX", read: ["UV_DEFAULT_INDEX", "UV_INDEX_URL"] },
  { tell: "GOPROXY", read: ["GOPROXY"] },
];

/** `@acme:registry=https://npm.acme.test/`: the registry of one scope. */
const ofScope = /^[^\S\n]*(?<scope>@[\w.-]+):registry[^\S\n]*=[^\S\n]*"?(?<url>[^\s"]+)/gm;

/**
 * The registries that the service's own environment names, else the settings of its user, for set-up. A credential in an
 * address stays outside (`egress.credentials` puts it in); what is no address of a host is left out.
 */
export function resolveRegistries(environment: Variables, settings: UserSettings): Registries {
  const found = named.flatMap(({ tell, read, file }) => {
    const text = read.map((name) => environment[name]).find(Boolean) ?? file?.(settings);
    const address = text === undefined ? undefined : firstRegistry(text);
    return address ? [{ tell, ...address }] : [];
  });
  const scopes = [...settings.npmrc.matchAll(ofScope)].flatMap(({ groups }) => {
    const address = firstRegistry(groups?.url ?? "");
    return address ? [{ line: `${groups?.scope}:registry=${address.url}\n`, ...address }] : [];
  });
  return {
    environment: Object.fromEntries(found.map(({ tell, url }) => [tell, url])),
    hosts: [...new Set([...found, ...scopes].map(({ host }) => host))],
    ...(scopes.length > 0 && { npmrc: scopes.map(({ line }) => line).join("") }),
  };
}

function settingOf(text: string, line: RegExp): string | undefined {
  return line.exec(text)?.groups?.url;
}

/** Go takes a list, of which the first is asked first. */
function firstRegistry(text: string): { url: string; host: string } | undefined {
  const [first = ""] = text.split(/[,|]/);
  if (!URL.canParse(first)) return undefined;
  const url = new URL(first);
  if (!/^https?:$/.test(url.protocol)) return undefined;
  url.username = "";
  url.password = "";
  const port = url.port || (url.protocol === "http:" ? "80" : "443");
  return { url: url.href, host: port === "443" ? url.hostname : `${url.hostname}:${port}` };
}
