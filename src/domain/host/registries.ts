import { guessHosts } from "../paths/manifests.ts";
import type { Brief } from "../task/brief.ts";

/**
 * Where this machine installs from: the variables that tell tools of it, and the hosts, each `host` or `host:port`. `npmrc` are
 * the registries of scopes, which npm reads from a file: a variable of such a name does not get through a shell.
 */
export type Registries = { environment: Record<string, string>; hosts: string[]; npmrc?: string };

/** What the rules say of a set-up's ways out. */
type SetupRules = { hosts?: string[] | undefined; env?: Record<string, string> | undefined };

/** The variables of a set-up by which tools learn of registries, each from its tool's documentation. */
const ofRegistries = new RegExp(
  `^(?:${[
    "npm_config_(?:@[\\w.-]+:)?registry|npm_config_replace_registry_host",
    "YARN_NPM_REGISTRY_SERVER|YARN_UNSAFE_HTTP_WHITELIST",
    "PIP_(?:(?:EXTRA_)?INDEX_URL|TRUSTED_HOST)|UV_(?:(?:DEFAULT_|EXTRA_)?INDEX(?:_URL)?|INSECURE_HOST)",
    "GOPROXY|GOSUMDB|GONOSUMDB|GOPRIVATE|GOINSECURE|CARGO_REGISTRIES_\\w+_INDEX",
  ].join("|")})$`,
  "i",
);

/** The hosts that a set-up reaches: those of the rules, else those that the manifests tell of, and this machine's own. */
export function setupHosts(
  { hosts }: SetupRules,
  { manifests, machine }: { manifests: string[]; machine: Registries },
): string[] {
  const named = hosts ?? guessHosts(manifests);
  // The tools are told of this machine's registries, so these must be within reach whatever the rules name.
  return named.length > 0 ? [...new Set([...named, ...machine.hosts])] : [];
}

/**
 * Where an agent may read packages from: where set-up installs from, and only if the brief declares dependencies. Nothing
 * that shows a credential is among the variables.
 */
export function agentRegistries(
  { dependencies }: Pick<Brief, "dependencies">,
  { setup, ...place }: { setup: SetupRules; manifests: string[]; machine: Registries },
): Registries | undefined {
  const hosts = dependencies.length > 0 ? setupHosts(setup, place) : [];
  if (hosts.length === 0) return undefined;
  const told = Object.entries(setup.env ?? {}).filter(
    ([name, value]) => ofRegistries.test(name) && !/\/\/[^/\s]*@/.test(value),
  );
  return { hosts, environment: { ...place.machine.environment, ...Object.fromEntries(told) } };
}
