import { parse } from "smol-toml";
import { pythonName } from "./python-requirement.ts";
import {
  below,
  fieldsOf,
  type PackageEntry,
  plainAddress,
  type Reading,
  textIn,
  textsOf,
} from "./reading.ts";

/** Reads a uv.lock or a poetry.lock. */
export function readPythonLock(text: string): Reading {
  const packages = packagesOf(text);
  const own = packages.filter((one) => isWorkspaceSource(below(one, "source")));
  const direct = new Set(own.flatMap(pythonNeeds));
  const needed = new Set(packages.flatMap(pythonNeeds));
  const entries = packages.flatMap((one): PackageEntry[] => {
    const name = textIn(below(one, "name"));
    if (!name || isWorkspaceSource(below(one, "source"))) return [];
    const plain = pythonName(name);
    return [
      {
        name: plain,
        version: textIn(below(one, "version")) ?? "",
        source: pythonSource(below(one, "source")),
        hashes: new Map(
          [below(one, "sdist"), ...listOf(below(one, "wheels")), ...listOf(below(one, "files"))].flatMap(
            hashOf,
          ),
        ),
        // Poetry's lockfile does not say what was asked for: it is what nothing else needs.
        direct: own.length > 0 ? direct.has(plain) : !needed.has(plain),
        needs: pythonNeeds(one),
        mark: `\nname = "${name}"`,
      },
    ];
  });
  return { entries, registries: [], scripts: [] };
}

/** Reads a Cargo.lock. */
export function readCargoLock(text: string): Reading {
  const packages = packagesOf(text);
  const own = packages.filter((one) => below(one, "source") === undefined);
  const direct = new Set(own.flatMap(cargoNeeds));
  const entries = packages.flatMap((one): PackageEntry[] => {
    const name = textIn(below(one, "name"));
    const source = textIn(below(one, "source"));
    const checksum = textIn(below(one, "checksum"));
    if (!name || !source) return [];
    return [
      {
        name,
        version: textIn(below(one, "version")) ?? "",
        source: cargoSource(source),
        ...(checksum && { hashes: new Map([["", checksum]]) }),
        direct: direct.has(name),
        needs: cargoNeeds(one),
        mark: `\nname = "${name}"`,
      },
    ];
  });
  return { entries, registries: [], scripts: [] };
}

function packagesOf(text: string): unknown[] {
  return listOf(below(parse(text), "package"));
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function isWorkspaceSource(source: unknown): boolean {
  return ["virtual", "editable", "directory"].some((kind) => below(source, kind) !== undefined);
}

function pythonNeeds(one: unknown): string[] {
  const groups = ["optional-dependencies", "dev-dependencies"].flatMap((key) =>
    fieldsOf(below(one, key)).flatMap(([, list]) => listOf(list)),
  );
  const dependencies = below(one, "dependencies");
  const named = [...listOf(dependencies), ...groups].flatMap((needed) => textIn(below(needed, "name")) ?? []);
  const tabled = Array.isArray(dependencies) ? [] : fieldsOf(dependencies).map(([name]) => name);
  return [...named, ...tabled].map(pythonName);
}

function pythonSource(source: unknown): string | undefined {
  const registry = textIn(below(source, "registry"));
  if (registry !== undefined)
    return registry.startsWith("https://pypi.org/") ? undefined : `registry ${plainAddress(registry)}`;
  const address = ["git", "url", "path"].map((key) => textIn(below(source, key))).find(Boolean);
  return address && plainAddress(address);
}

function hashOf(file: unknown): [string, string][] {
  const hash = textIn(below(file, "hash"));
  const name = textIn(below(file, "url")) ?? textIn(below(file, "file"));
  return hash && name ? [[name.replace(/^.*\//, ""), hash]] : [];
}

function cargoNeeds(one: unknown): string[] {
  return textsOf(below(one, "dependencies")).map((needed) => needed.split(" ")[0] ?? needed);
}

function cargoSource(source: string): string | undefined {
  if (
    /^(?:registry\+https:\/\/github\.com\/rust-lang\/crates\.io-index|sparse\+https:\/\/index\.crates\.io\/)/.test(
      source,
    )
  )
    return undefined;
  return source.replace(/^(?:registry|sparse)\+(?<url>\S+)$/, "registry $<url>").replace(/[?#].*$/, "");
}
