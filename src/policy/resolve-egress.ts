import { Buffer } from "node:buffer";
import { publicRegistries } from "../domain/paths/manifests.ts";
import type { OperatorFile } from "../domain/rules/operator-file.ts";
import type { Variables } from "./variables.ts";

/** What the operator decided about the ways out, with the values of the variables that were named. */
export type ResolvedEgress = {
  private: string[];
  mirrors: string[];
  /** Further hosts from which submodules are fetched. */
  submodules: string[];
  credentials: Record<string, string>;
  secrets: string[];
};

/** The operator's `egress` with each credential as the header's value that a registry is sent, by `host:port`. */
export function resolveEgress({ egress = {} }: OperatorFile, environment: Variables): ResolvedEgress {
  const { credentials = {} } = egress;
  const headers = Object.entries(credentials).map(([host, { key, scheme }]) => {
    const value = environment[key] ?? "";
    const header = scheme === "bearer" ? `Bearer ${value}` : `Basic ${Buffer.from(value).toString("base64")}`;
    return [withPort(host), header] as const;
  });
  const secrets = Object.values(credentials).flatMap(({ key }) => environment[key] ?? []);
  const known = {
    private: egress.private ?? [],
    mirrors: publicRegistries,
    submodules: egress.submodules ?? [],
  };
  return { ...known, credentials: Object.fromEntries(headers), secrets };
}

/** The credentials whose variables are not set. */
export function missingCredentials({ egress = {} }: OperatorFile, environment: Variables): string[] {
  const lost = Object.entries(egress.credentials ?? {}).filter(([, { key }]) => !environment[key]);
  return lost.map(
    ([host, { key }]) =>
      `${key} is not set, and egress.credentials.${host} in DRAFTHORSE_CONFIG names it. Set it to the credential.`,
  );
}

function withPort(host: string): string {
  return (host.includes(":") ? host : `${host}:443`).toLowerCase();
}
