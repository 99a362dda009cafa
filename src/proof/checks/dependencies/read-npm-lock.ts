import { npmSource } from "./npm-source.ts";
import { below, fieldsOf, type PackageEntry, type Reading, textIn } from "./reading.ts";

const wanted = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** Reads a package-lock.json or npm-shrinkwrap.json of version 1, 2 or 3. */
export function readNpmLock(text: string): Reading {
  const lock: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const packages = fieldsOf(below(lock, "packages"));
  const entries = packages.length > 0 ? fromPackages(packages) : fromTree(below(lock, "dependencies"));
  return { entries, registries: [], scripts: [] };
}

function fromPackages(packages: [string, unknown][]): PackageEntry[] {
  const own = packages.filter(([path]) => !path.includes("node_modules/"));
  const direct = new Set(own.flatMap(([, fields]) => needsOf(fields)));
  return packages.flatMap(([path, fields]) => {
    const at = path.lastIndexOf("node_modules/");
    if (at < 0 || below(fields, "link") === true) return [];
    const name = path.slice(at + "node_modules/".length);
    const real = textIn(below(fields, "name"));
    const entry = npmEntry(name, fields);
    return [
      {
        ...entry,
        source: real && real !== name ? `npm:${real}` : (entry.source ?? otherPackage(name, fields)),
        direct: direct.has(name),
        needs: needsOf(fields),
        mark: `"${path}"`,
      },
    ];
  });
}

/** The public registry has the tarballs of every package: one of another name is another source. */
function otherPackage(name: string, fields: unknown): string | undefined {
  const address = textIn(below(fields, "resolved")) ?? "";
  const found = /^https?:\/\/registry\.[^/]+\/(?<name>(?:@[^/]+(?:\/|%2f))?[^/]+)\/-\//i.exec(address)?.groups
    ?.name;
  const taken = found?.replace(/%2f/i, "/");
  return taken === undefined || taken === name ? undefined : `npm:${taken}`;
}

/** Version 1 nests packages; direct is what no other package requires. */
function fromTree(tree: unknown): PackageEntry[] {
  const entries: PackageEntry[] = [];
  const open = fieldsOf(tree);
  for (let next = open.pop(); next; next = open.pop()) {
    const [name, fields] = next;
    const needs = fieldsOf(below(fields, "requires")).map(([needed]) => needed);
    entries.push({ ...npmEntry(name, fields), needs, direct: true, mark: `"${name}": {` });
    open.push(...fieldsOf(below(fields, "dependencies")));
  }
  const needed = new Set(entries.flatMap(({ needs }) => needs ?? []));
  return entries.map((entry) => ({ ...entry, direct: !needed.has(entry.name) }));
}

function npmEntry(name: string, fields: unknown): Omit<PackageEntry, "direct" | "mark"> {
  const version = textIn(below(fields, "version")) ?? "";
  const foreign = /^(?:git|github:|file:|https?:)/.test(version) ? version : undefined;
  const integrity = textIn(below(fields, "integrity"));
  return {
    name,
    version: foreign ? "" : version,
    source: npmSource(foreign ?? textIn(below(fields, "resolved"))),
    ...(integrity && { hashes: hashesOf(integrity) }),
    runsScript: below(fields, "hasInstallScript") === true,
  };
}

/** An integrity may name several hashes; only those of one algorithm can be compared. */
export function hashesOf(integrity: string): Map<string, string> {
  const hashes = integrity.split(/\s+/).flatMap((one) => {
    const [, algorithm, hash] = /^([a-z0-9]+)[-:](.+)$/i.exec(one) ?? [];
    return algorithm && hash ? [[algorithm, hash] as const] : [];
  });
  return new Map(hashes);
}

function needsOf(fields: unknown): string[] {
  return wanted.flatMap((section) => fieldsOf(below(fields, section)).map(([name]) => name));
}
