import { parseSyml } from "@yarnpkg/parsers";
import { npmSource } from "./npm-source.ts";
import { hashesOf } from "./read-npm-lock.ts";
import { below, fieldsOf, type PackageEntry, plainAddress, type Reading, textIn } from "./reading.ts";

/** Reads a yarn.lock, of the first version or of a later one. */
export function readYarnLock(text: string): Reading {
  const lock: unknown = parseSyml(text);
  const isBerry = below(lock, "__metadata") !== undefined;
  const all = fieldsOf(lock).filter(([key]) => key !== "__metadata");
  const read = all.flatMap(([key, fields]) => {
    const name = packageName(key);
    return name ? [{ key, name, fields, needs: needsOf(fields) }] : [];
  });
  const own = read.filter(({ fields }) => isWorkspace(fields));
  const packages = read.filter(({ fields }) => !isWorkspace(fields));
  const needed = new Set(packages.flatMap(({ needs }) => needs));
  const direct = new Set(own.flatMap(({ needs }) => needs));
  const entries = packages.map(
    ({ key, name, fields, needs }): PackageEntry => ({
      ...(isBerry ? berryEntry(name, fields) : firstEntry(name, fields)),
      needs,
      direct: isBerry ? direct.has(name) : !needed.has(name),
      mark: key.split(", ")[0] ?? key,
    }),
  );
  return { entries, registries: [], scripts: [] };
}

function isWorkspace(fields: unknown): boolean {
  return /@workspace:/.test(textIn(below(fields, "resolution")) ?? "");
}

function packageName(key: string): string | undefined {
  return /^"?(?<name>(?:@[^/@]+\/)?[^/@]+)@/.exec(key)?.groups?.name;
}

function needsOf(fields: unknown): string[] {
  return ["dependencies", "optionalDependencies"].flatMap((section) =>
    fieldsOf(below(fields, section)).map(([name]) => name),
  );
}

function firstEntry(name: string, fields: unknown): Omit<PackageEntry, "direct" | "mark"> {
  const integrity = textIn(below(fields, "integrity"));
  return {
    name,
    version: textIn(below(fields, "version")) ?? "",
    source: npmSource(textIn(below(fields, "resolved"))),
    ...(integrity && { hashes: hashesOf(integrity) }),
  };
}

function berryEntry(name: string, fields: unknown): Omit<PackageEntry, "direct" | "mark"> {
  const resolution = textIn(below(fields, "resolution")) ?? "";
  const real = packageName(resolution) ?? name;
  const reference = resolution.slice(real.length + 1);
  const isPublic = /^npm:\d/.test(reference);
  const archive = /__archiveUrl=(?<url>[^&]+)/.exec(reference)?.groups?.url;
  // A checksum begins with the version of the cache that it was made for.
  const [, cache = "", hash] = /^(?:(\w+)\/)?(\w+)$/.exec(textIn(below(fields, "checksum")) ?? "") ?? [];
  const source = isPublic ? npmSource(archive && decodeURIComponent(archive)) : plainAddress(reference);
  return {
    name,
    version: textIn(below(fields, "version")) ?? "",
    source: real === name ? source : `npm:${real}`,
    ...(hash && { hashes: new Map([[cache, hash]]) }),
  };
}
