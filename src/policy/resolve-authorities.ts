import { type Authorities, authorityVariables } from "../domain/host/authorities.ts";
import type { Variables } from "./variables.ts";

/** Where systems keep the bundle of all that they trust: Debian and Alpine, Fedora, openSUSE, others. */
const bundles = [
  "/etc/ssl/certs/ca-certificates.crt",
  "/etc/pki/tls/certs/ca-bundle.crt",
  "/etc/ssl/ca-bundle.pem",
  "/etc/ssl/cert.pem",
];

/**
 * The files with authorities that our own environment and our user's `.npmrc` name, and the system's bundle. `exists` tells of
 * plain files; what is not there, or is named by no whole path, is left out.
 */
export function resolveAuthorities(
  environment: Variables,
  { npmrc, exists }: { npmrc: string; exists: (path: string) => boolean },
): Authorities {
  const bundle = bundles.find(exists);
  const ofNpm = /^[^\S\n]*cafile[^\S\n]*=[^\S\n]*"?(?<file>[^"\n]+?)"?[^\S\n]*$/m.exec(npmrc)?.groups?.file;
  const named = [
    ...[...authorityVariables, "NPM_CONFIG_CAFILE"].map((name) => environment[name]),
    ofNpm?.replace(/\$\{HOME\}/, () => environment.HOME ?? ""),
  ].filter((file) => file !== undefined && file !== bundle && file.startsWith("/") && exists(file));
  return { bundle, named: [...new Set(named)].filter((file) => file !== undefined) };
}
