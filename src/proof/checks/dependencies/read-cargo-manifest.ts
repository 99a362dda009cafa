import { parse } from "smol-toml";
import { below, fieldsOf, type PackageEntry, plainAddress, type Reading, textIn } from "./reading.ts";

const sections = ["dependencies", "dev-dependencies", "build-dependencies"];

/** Reads a Cargo.toml. */
export function readCargoManifest(text: string): Reading {
  const manifest: unknown = parse(text);
  const places = [
    manifest,
    below(manifest, "workspace"),
    ...fieldsOf(below(manifest, "target")).map(([, target]) => target),
  ];
  const entries = places.flatMap((place) => sections.flatMap((name) => crateEntries(below(place, name))));
  const patches = fieldsOf(below(manifest, "patch")).flatMap(([, patch]) => crateEntries(patch));
  const build = textIn(below(manifest, "package", "build"));
  return {
    entries: [...entries, ...patches, ...crateEntries(below(manifest, "replace"))],
    registries: [],
    scripts: build === undefined ? [] : [{ text: `build: ${build}`, mark: "build" }],
  };
}

function crateEntries(section: unknown): PackageEntry[] {
  return fieldsOf(section).flatMap(([key, spec]): PackageEntry[] => {
    if (below(spec, "workspace") === true) return [];
    const name = textIn(below(spec, "package")) ?? key.replace(/:.*$/, "");
    const version = textIn(spec) ?? textIn(below(spec, "version")) ?? "";
    return [{ name, version, source: crateSource(spec), direct: true, mark: key }];
  });
}

/** A path leads to a crate of the same repository, whose changes are seen as such. */
function crateSource(spec: unknown): string | undefined {
  const git = textIn(below(spec, "git"));
  const registry = textIn(below(spec, "registry")) ?? textIn(below(spec, "registry-index"));
  return git ? plainAddress(`git+${git}`) : registry && `registry ${registry}`;
}
