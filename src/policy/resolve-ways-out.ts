import type { Authorities } from "../domain/host/authorities.ts";
import type { NetworkProxies } from "../domain/host/network-proxies.ts";
import type { Registries } from "../domain/host/registries.ts";
import type { OperatorFile } from "../domain/rules/operator-file.ts";
import { resolveAuthorities } from "./resolve-authorities.ts";
import { type ResolvedEgress, resolveEgress } from "./resolve-egress.ts";
import { resolveProxies } from "./resolve-proxies.ts";
import { resolveRegistries } from "./resolve-registries.ts";

/** Where commands with a way out may go, by which proxies of the network, whom they trust, and where they install from. */
export type WaysOut = {
  egress: ResolvedEgress;
  authorities: Authorities;
  registries: Registries;
  proxies: NetworkProxies;
};

/** The files of this machine by their paths; the text of one that is not there, or is no plain file, is undefined. */
export type MachineFiles = { has(path: string): boolean; read(path: string): string | undefined };

/** Where pip looks, the one that counts first, from its documentation. */
function pipFiles({ PIP_CONFIG_FILE, XDG_CONFIG_HOME, HOME }: Record<string, string | undefined>): string[] {
  const own =
    HOME === undefined
      ? []
      : [`${XDG_CONFIG_HOME || `${HOME}/.config`}/pip/pip.conf`, `${HOME}/.pip/pip.conf`];
  return [...(PIP_CONFIG_FILE ? [PIP_CONFIG_FILE] : []), ...own, "/etc/pip.conf"];
}

function firstReadable(paths: string[], files: MachineFiles): string {
  return paths.map((path) => files.read(path)).find((text) => text !== undefined) ?? "";
}

/** All of it from the operator's file, our environment and the settings of our own user. */
export function resolveWaysOut(
  operator: OperatorFile,
  { environment, files }: { environment: Record<string, string | undefined>; files: MachineFiles },
): WaysOut {
  const home = environment.HOME;
  const npmrc = (home !== undefined && files.read(`${home}/.npmrc`)) || "";
  const registries = resolveRegistries(environment, {
    npmrc,
    pipConf: firstReadable(pipFiles(environment), files),
    yarnrc: (home !== undefined && files.read(`${home}/.yarnrc.yml`)) || "",
  });
  const egress = resolveEgress(operator, environment);
  return {
    egress: { ...egress, mirrors: [...egress.mirrors, ...registries.hosts] },
    authorities: resolveAuthorities(environment, { npmrc, exists: files.has }),
    registries,
    proxies: resolveProxies(environment),
  };
}
