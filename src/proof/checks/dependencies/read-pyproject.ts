import { parse } from "smol-toml";
import { pythonName, readRequirement } from "./python-requirement.ts";
import { isPublic } from "./read-requirements.ts";
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

const addresses = ["git", "url", "path", "index"];

/** Reads a pyproject.toml: PEP 621 and 735, Poetry and uv. */
export function readPyproject(text: string): Reading {
  const project: unknown = parse(text);
  const listed = [
    below(project, "project", "dependencies"),
    below(project, "build-system", "requires"),
    below(project, "tool", "uv", "dev-dependencies"),
    ...fieldsOf(below(project, "project", "optional-dependencies")).map(([, group]) => group),
    ...fieldsOf(below(project, "dependency-groups")).map(([, group]) => group),
  ];
  const sources = new Map(
    fieldsOf(below(project, "tool", "uv", "sources")).map(([key, at]) => [pythonName(key), at]),
  );
  const entries = listed.flatMap(textsOf).flatMap((requirement) => {
    const entry = readRequirement(requirement);
    return entry
      ? [{ ...entry, source: entry.source ?? addressOf(sources.get(entry.name)), mark: requirement }]
      : [];
  });
  return {
    entries: [...entries, ...poetryEntries(project)],
    registries: registriesOf(project),
    scripts: buildOf(project),
  };
}

function poetryEntries(project: unknown): PackageEntry[] {
  const poetry = below(project, "tool", "poetry");
  const groups = fieldsOf(below(poetry, "group")).map(([, group]) => below(group, "dependencies"));
  const sections = [below(poetry, "dependencies"), below(poetry, "dev-dependencies"), ...groups];
  return sections.flatMap(fieldsOf).flatMap(([name, spec]): PackageEntry[] => {
    if (name === "python") return [];
    const version = textIn(spec) ?? textIn(below(spec, "version")) ?? "";
    return [{ name: pythonName(name), version, source: addressOf(spec), direct: true, mark: `${name} ` }];
  });
}

function addressOf(spec: unknown): string | undefined {
  const address = addresses.map((key) => textIn(below(spec, key))).find((found) => found !== undefined);
  return address && plainAddress(address);
}

/** The indexes that uv and Poetry are told to ask. Also reads a uv.toml, where the same keys stand at the top. */
export function uvRegistries(uv: unknown): string[] {
  const index = below(uv, "index");
  const listed = (Array.isArray(index) ? index : []).map((one) => textIn(below(one, "url")));
  const keys = ["index-url", "extra-index-url", "find-links"];
  const plain = keys.flatMap((key) => [textIn(below(uv, key)), ...textsOf(below(uv, key))]);
  return [...listed, ...plain].filter((url) => url !== undefined);
}

function registriesOf(project: unknown): Marked[] {
  const poetry = below(project, "tool", "poetry", "source");
  const named = (Array.isArray(poetry) ? poetry : []).map((one) => textIn(below(one, "url")));
  return [...uvRegistries(below(project, "tool", "uv")), ...named]
    .filter((url) => url !== undefined)
    .filter((url) => !isPublic(url))
    .map((url) => ({ text: plainAddress(url), mark: url }));
}

/** A build backend of the repository's own is code that runs at installation. */
function buildOf(project: unknown): Marked[] {
  const path = textsOf(below(project, "build-system", "backend-path"));
  const backend = textIn(below(project, "build-system", "build-backend"));
  return path.length > 0
    ? [{ text: `build-backend: ${backend} in ${path.join(", ")}`, mark: "backend-path" }]
    : [];
}
