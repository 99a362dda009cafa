import { parse } from "smol-toml";
import { below, fieldsOf, type PackageEntry, plainAddress, type Reading, textOf } from "./reading.ts";

const sections = ["dependencies", "dev-dependencies", "build-dependencies"];

/** Reads a Cargo.toml. */
export function readCargoManifest(text: string): Reading {
  const manifest: unknown = parse(text);
  const places = [
    manifest,
    below(manifest, "workspace"),
    ...fieldsOf(below(manifest, "target")).map(([, target]) => target),
  ];
  const entries = places.flatMap((place) => sections.flatMap((name) => entriesOf(below(place, name))));
  const patches = fieldsOf(below(manifest, "patch")).flatMap(([, patch]) => entriesOf(patch));
  const build = textOf(below(manifest, "package", "build"));
  return {
    entries: [...entries, ...patches, ...entriesOf(below(manifest, "replace"))],
    registries: [],
    scripts: build === undefined ? [] : [{ text: `build: ${build}`, mark: "build" }],
  };
}

function entriesOf(section: unknown): PackageEntry[] {
  return fieldsOf(section).flatMap(([key, spec]): PackageEntry[] => {
    if (below(spec, "workspace") === true) return [];
    const name = textOf(below(spec, "package")) ?? key.replace(/:.*$/, "");
    const version = textOf(spec) ?? textOf(below(spec, "version")) ?? "";
    return [{ name, version, source: sourceOf(spec), direct: true, mark: key }];
  });
}

/** A path leads to a crate of the same repository, whose changes are seen as such. */
function sourceOf(spec: unknown): string | undefined {
  const git = textOf(below(spec, "git"));
  const registry = textOf(below(spec, "registry")) ?? textOf(below(spec, "registry-index"));
  return git ? plainAddress(`git+${git}`) : registry && `registry ${registry}`;
}
