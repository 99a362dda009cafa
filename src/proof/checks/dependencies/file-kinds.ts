import { readCargoManifest } from "./read-cargo-manifest.ts";
import { readGoMod, readGoSum } from "./read-go.ts";
import { readNpmLock } from "./read-npm-lock.ts";
import { readNpmManifest } from "./read-npm-manifest.ts";
import { readPnpmLock, readPnpmWorkspace } from "./read-pnpm-lock.ts";
import { readPyproject } from "./read-pyproject.ts";
import { readRequirements } from "./read-requirements.ts";
import { readCargoSettings, readLineSettings, readUvSettings, readYarnSettings } from "./read-settings.ts";
import { readCargoLock, readPythonLock } from "./read-toml-lock.ts";
import { readYarnLock } from "./read-yarn-lock.ts";
import type { Ecosystem, Reader } from "./reading.ts";

/** What a file is to its ecosystem. A `script` is a file that takes part in installation because it is there. */
export type FileKind = {
  ecosystem: Ecosystem;
  role: "manifest" | "lockfile" | "settings" | "script";
  read: Reader;
};

const nothing: Reader = () => ({ entries: [], registries: [], scripts: [] });

const kinds: [RegExp, FileKind][] = [
  [/^package\.json$/, { ecosystem: "npm", role: "manifest", read: readNpmManifest }],
  [/^(?:package-lock|npm-shrinkwrap)\.json$/, { ecosystem: "npm", role: "lockfile", read: readNpmLock }],
  [/^pnpm-lock\.yaml$/, { ecosystem: "npm", role: "lockfile", read: readPnpmLock }],
  [/^yarn\.lock$/, { ecosystem: "npm", role: "lockfile", read: readYarnLock }],
  [/^pnpm-workspace\.yaml$/, { ecosystem: "npm", role: "settings", read: readPnpmWorkspace }],
  [/^\.(?:npmrc|yarnrc)$/, { ecosystem: "npm", role: "settings", read: readLineSettings }],
  [/^\.yarnrc\.yml$/, { ecosystem: "npm", role: "settings", read: readYarnSettings }],
  [/^\.pnpmfile\.c?js$/, { ecosystem: "npm", role: "script", read: nothing }],
  [/^binding\.gyp$/, { ecosystem: "npm", role: "script", read: nothing }],
  [
    /^(?:.*[-_.])?(?:requirements|constraints)(?:[-_.].*)?\.(?:txt|in)$/,
    { ecosystem: "pypi", role: "manifest", read: readRequirements },
  ],
  [/^pyproject\.toml$/, { ecosystem: "pypi", role: "manifest", read: readPyproject }],
  [/^(?:uv|poetry)\.lock$/, { ecosystem: "pypi", role: "lockfile", read: readPythonLock }],
  [/^pip\.(?:conf|ini)$/, { ecosystem: "pypi", role: "settings", read: readLineSettings }],
  [/^uv\.toml$/, { ecosystem: "pypi", role: "settings", read: readUvSettings }],
  [/^Cargo\.toml$/, { ecosystem: "cargo", role: "manifest", read: readCargoManifest }],
  [/^Cargo\.lock$/, { ecosystem: "cargo", role: "lockfile", read: readCargoLock }],
  [/^build\.rs$/, { ecosystem: "cargo", role: "script", read: nothing }],
  [/^go\.mod$/, { ecosystem: "go", role: "manifest", read: readGoMod }],
  [/^go\.sum$/, { ecosystem: "go", role: "lockfile", read: readGoSum }],
];

/** Files of ecosystems that nobody here reads yet. */
const unread =
  /^(?:Gemfile|Gemfile\.lock|.*\.gemspec|composer\.(?:json|lock)|pom\.xml|build\.gradle(?:\.kts)?|gradle\.lockfile|libs\.versions\.toml|Pipfile(?:\.lock)?|setup\.(?:py|cfg)|bun\.lockb?|deno\.(?:jsonc?|lock)|environment\.ya?ml|mix\.(?:exs|lock)|Package\.(?:swift|resolved)|.*\.csproj|packages\.lock\.json|pubspec\.(?:yaml|lock)|flake\.(?:nix|lock)|Podfile(?:\.lock)?)$/;

/** What patch-package, pnpm and yarn apply to the code of a dependency. */
const patch: FileKind = { ecosystem: "npm", role: "script", read: nothing };

/** What a path is to its ecosystem; `unread` if it names dependencies in a way that is not read, else nothing. */
export function fileKind(path: string): FileKind | "unread" | undefined {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (/(?:^|\/)node_modules\//.test(path)) return undefined;
  if (/(?:^|\/)\.cargo\/config(?:\.toml)?$/.test(path))
    return { ecosystem: "cargo", role: "settings", read: readCargoSettings };
  const [, kind] = kinds.find(([pattern]) => pattern.test(name)) ?? [];
  if (/(?:^|\/)patches\/[^/]+\.patch$|[@+]\d[^/]*\.patch$/.test(path)) return patch;
  return kind ?? (unread.test(name) ? "unread" : undefined);
}

const lockfiles: Record<Ecosystem, string[]> = {
  npm: ["package-lock.json", "npm-shrinkwrap.json", "pnpm-lock.yaml", "yarn.lock"],
  pypi: ["uv.lock", "poetry.lock"],
  cargo: ["Cargo.lock"],
  go: ["go.sum"],
};

/** Where the lockfiles of a manifest may lie: beside it and in every folder above. */
export function lockfilesFor(path: string): string[] {
  const kind = fileKind(path);
  if (!kind || kind === "unread" || kind.role !== "manifest") return [];
  const folders = path.split("/").slice(0, -1);
  return folders
    .map((_, index) => `${folders.slice(0, index + 1).join("/")}/`)
    .concat("")
    .flatMap((folder) => lockfiles[kind.ecosystem].map((name) => folder + name));
}
