import { parseSyml } from "@yarnpkg/parsers";
import { readNpmSpec } from "./npm-source.ts";
import { hashesOf } from "./read-npm-lock.ts";
import {
  below,
  fieldsOf,
  type Marked,
  type PackageEntry,
  plainAddress,
  type Reading,
  textIn,
  textsOf,
} from "./reading.ts";

const sections = ["dependencies", "devDependencies", "optionalDependencies"];

/** Reads a pnpm-lock.yaml of version 5 to 9. Yarn's reader of YAML makes a text of every value, and is the fastest. */
export function readPnpmLock(text: string): Reading {
  const lock: unknown = parseSyml(text);
  const importers = [lock, ...fieldsOf(below(lock, "importers")).map(([, importer]) => importer)];
  const direct = new Set(
    importers.flatMap((importer) =>
      sections.flatMap((name) => fieldsOf(below(importer, name)).map(([key]) => key)),
    ),
  );
  const snapshots = new Map(
    fieldsOf(below(lock, "snapshots")).map(([key, value]) => [withoutPeers(key), value]),
  );
  const entries = fieldsOf(below(lock, "packages")).flatMap(([key, fields]) => {
    const entry = pnpmEntry(key, fields);
    const linked = [fields, snapshots.get(withoutPeers(key))];
    const needs = linked.flatMap((one) =>
      sections.flatMap((name) => fieldsOf(below(one, name)).map(([dep]) => dep)),
    );
    return entry ? [{ ...entry, direct: direct.has(entry.name), needs, mark: pnpmKey(key) }] : [];
  });
  return { entries: [...entries, ...patchesOf(lock)], registries: [], scripts: [] };
}

/** Reads a pnpm-workspace.yaml, which may allow scripts and force versions. */
export function readPnpmWorkspace(text: string): Reading {
  const settings: unknown = parseSyml(text);
  const entries = fieldsOf(below(settings, "overrides")).flatMap(([name, spec]): PackageEntry[] =>
    typeof spec === "string" ? [{ name, ...readNpmSpec(spec), direct: true, mark: name }] : [],
  );
  const scripts = textsOf(below(settings, "onlyBuiltDependencies")).map(
    (name): Marked => ({ text: `the scripts of ${name}`, mark: name }),
  );
  return { entries, registries: [], scripts };
}

/** The key of a package, not a mention of it among what others need. */
function pnpmKey(key: string): string {
  return key.startsWith("@") ? `'${key}':` : `  ${key}:`;
}

/** A patch makes other contents of a package than its registry has. */
function patchesOf(lock: unknown): PackageEntry[] {
  return fieldsOf(below(lock, "patchedDependencies")).map(([key, patch]) => {
    const name = /^(?<name>@?[^@]+)/.exec(key)?.groups?.name ?? key;
    const hash = textIn(patch) ?? textIn(below(patch, "hash")) ?? "";
    return { name, version: "", source: `patch ${hash.slice(0, 12)}`, direct: true, mark: key };
  });
}

/** A key without the peers that it was resolved with. */
function withoutPeers(key: string): string {
  return key.replace(/\(.*$/s, "");
}

function pnpmEntry(key: string, fields: unknown): Omit<PackageEntry, "direct" | "mark"> | undefined {
  const { name, version } =
    /^\/?(?<name>(?:@[^/@]+\/)?[^/@]+)[@/](?<version>.+?)(?:_.*)?$/s.exec(withoutPeers(key))?.groups ?? {};
  const isForeign = !name || !/^\d/.test(version ?? "");
  const real = textIn(below(fields, "name")) ?? name;
  if (!real) return undefined;
  const resolution = below(fields, "resolution");
  const integrity = textIn(below(resolution, "integrity"));
  const from = ["repo", "tarball", "directory"]
    .map((field) => textIn(below(resolution, field)))
    .find(Boolean);
  return {
    name: real,
    version: isForeign ? (textIn(below(fields, "version")) ?? "") : (version ?? ""),
    source: isForeign ? plainAddress(from ?? version ?? key) : from && plainAddress(from),
    ...(integrity && { hashes: hashesOf(integrity) }),
    runsScript: below(fields, "requiresBuild") === "true",
  };
}
