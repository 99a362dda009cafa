import { readNpmSpec } from "./npm-source.ts";
import { below, fieldsOf, type Marked, type PackageEntry, type Reading, textIn, textsOf } from "./reading.ts";

const sections = ["dependencies", "devDependencies", "optionalDependencies", "peerDependencies"];

/** What npm runs of a package's own when it is installed. */
const installScripts = ["preinstall", "install", "postinstall", "preprepare", "prepare", "postprepare"];

/** Reads a package.json. */
export function readNpmManifest(text: string): Reading {
  const manifest: unknown = JSON.parse(text.replace(/^\ufeff/, ""));
  const entries = sections.flatMap((section) => npmEntries(below(manifest, section)));
  const overrides = [["overrides"], ["resolutions"], ["pnpm", "overrides"]].flatMap((keys) =>
    overridesOf(below(manifest, ...keys)),
  );
  return {
    entries: [...entries, ...overrides, ...packageManager(manifest)],
    registries: [],
    scripts: [...ownScripts(manifest), ...allowedBuilds(manifest)],
  };
}

function npmEntries(section: unknown): PackageEntry[] {
  return fieldsOf(section).flatMap(([name, spec]) =>
    typeof spec === "string" ? [{ name, ...readNpmSpec(spec), direct: true, mark: `"${name}"` }] : [],
  );
}

/** Overrides nest by the packages below which they hold; a name may carry a range. */
function overridesOf(section: unknown): PackageEntry[] {
  const entries: PackageEntry[] = [];
  const open = fieldsOf(section);
  for (let next = open.pop(); next; next = open.pop()) {
    const [key, spec] = next;
    const path = key.replace(/(?<=.)@[^/>]*$/, "").replace(/^.*[>]/, "");
    const name = /(?:@[^/]+\/)?[^/]+$/.exec(path)?.[0] ?? path;
    if (typeof spec === "string")
      entries.push({ name, ...readNpmSpec(spec), direct: true, mark: `"${key}"` });
    else open.push(...fieldsOf(spec));
  }
  return entries;
}

function packageManager(manifest: unknown): PackageEntry[] {
  const { name, version } =
    /^(?<name>[a-z]+)@(?<version>.+)$/.exec(textIn(below(manifest, "packageManager")) ?? "")?.groups ?? {};
  return name && version ? [{ name, version, direct: true, mark: '"packageManager"' }] : [];
}

function ownScripts(manifest: unknown): Marked[] {
  return installScripts.flatMap((name) => {
    const command = textIn(below(manifest, "scripts", name));
    return command === undefined ? [] : [{ text: `${name}: ${command}`, mark: `"${name}"` }];
  });
}

/** Packages whose scripts run only because the manifest says so. */
function allowedBuilds(manifest: unknown): Marked[] {
  const listed = [
    ...textsOf(below(manifest, "pnpm", "onlyBuiltDependencies")),
    ...textsOf(below(manifest, "trustedDependencies")),
  ];
  const built = fieldsOf(below(manifest, "dependenciesMeta"))
    .filter(([, meta]) => below(meta, "built") === true)
    .map(([name]) => name);
  return [...listed, ...built].map((name) => ({ text: `the scripts of ${name}`, mark: `"${name}"` }));
}
