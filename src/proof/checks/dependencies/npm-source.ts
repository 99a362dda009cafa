import { plainAddress } from "./reading.ts";

const publicRegistry = /^https?:\/\/registry\.(?:npmjs\.org|yarnpkg\.com)\//;
const elsewhere =
  /^(?:git[+:@]|git@|github:|gitlab:|bitbucket:|gist:|ssh:|https?:|file:|link:|portal:|patch:)/;

/** What a range in a package.json asks for: a version, or a source of its own. */
export function readNpmSpec(spec: string): { version: string; source?: string } {
  const alias = /^npm:(?<name>@?[^@]{1,214})(?:@(?<version>.*))?$/.exec(spec)?.groups;
  if (alias) return { version: alias.version ?? "*", source: `npm:${alias.name}` };
  if (elsewhere.test(spec) || /^[\w.-]+\/[\w.-]+(?:#.*)?$/.test(spec))
    return { version: spec, source: plainAddress(spec) };
  return { version: spec };
}

/** Where a lockfile says that a package was taken from; nothing for the public registry. */
export function npmSource(resolved: string | undefined): string | undefined {
  if (!resolved || publicRegistry.test(resolved)) return undefined;
  const { host } = /^https?:\/\/(?:[^/@]{1,300}@)?(?<host>[^/]{1,300})\/.*\/-\//.exec(resolved)?.groups ?? {};
  return host ? `registry ${host}` : plainAddress(resolved);
}
