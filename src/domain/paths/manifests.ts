/** Files that say what a project needs: a set-up's result holds as long as all of them are the same. */
const manifest = new RegExp(
  `^(?:${[
    "package\\.json|package-lock\\.json|npm-shrinkwrap\\.json|yarn\\.lock|pnpm-lock\\.yaml|pnpm-workspace\\.yaml",
    "bun\\.lockb?|\\.npmrc|\\.yarnrc(?:\\.yml)?|\\.nvmrc|\\.node-version|\\.tool-versions|\\.pnpmfile\\.cjs",
    "pyproject\\.toml|setup\\.(?:py|cfg)|[\\w.-]*(?:requirements|constraints)[\\w.-]*\\.(?:txt|in)|poetry\\.lock|uv\\.lock",
    "Pipfile(?:\\.lock)?|pdm\\.lock|\\.python-version|Cargo\\.(?:toml|lock)|rust-toolchain(?:\\.toml)?",
    "go\\.(?:mod|sum|work|work\\.sum)|Gemfile(?:\\.lock)?|[\\w.-]+\\.gemspec|\\.ruby-version",
    "composer\\.(?:json|lock)|pom\\.xml|[\\w.-]+\\.gradle(?:\\.kts)?|gradle\\.lockfile|mix\\.(?:exs|lock)",
  ].join("|")})$`,
);

/** The public registries by the files that tell of them. */
const registries: { file: RegExp; hosts: string[] }[] = [
  {
    file: /^(?:package\.json|package-lock\.json|npm-shrinkwrap\.json|yarn\.lock|pnpm-lock\.yaml|bun\.lockb?)$/,
    hosts: ["registry.npmjs.org"],
  },
  { file: /^yarn\.lock$/, hosts: ["registry.yarnpkg.com"] },
  {
    file: /^(?:pyproject\.toml|setup\.(?:py|cfg)|[\w.-]*requirements[\w.-]*\.(?:txt|in)|poetry\.lock|uv\.lock|Pipfile(?:\.lock)?|pdm\.lock)$/,
    hosts: ["pypi.org", "files.pythonhosted.org"],
  },
  { file: /^Cargo\.(?:toml|lock)$/, hosts: ["crates.io", "index.crates.io", "static.crates.io"] },
  { file: /^go\.(?:mod|sum|work)$/, hosts: ["proxy.golang.org", "sum.golang.org"] },
  { file: /^(?:Gemfile(?:\.lock)?|[\w.-]+\.gemspec)$/, hosts: ["rubygems.org", "index.rubygems.org"] },
  { file: /^composer\.(?:json|lock)$/, hosts: ["repo.packagist.org", "packagist.org"] },
  { file: /^(?:pom\.xml|[\w.-]+\.gradle(?:\.kts)?)$/, hosts: ["repo.maven.apache.org", "repo1.maven.org"] },
  { file: /^mix\.(?:exs|lock)$/, hosts: ["hex.pm", "repo.hex.pm"] },
];

/** Every one of them, by name. Only the machine's own resolver can lead such a name into a private network. */
export const publicRegistries = [...new Set(registries.flatMap(({ hosts }) => hosts))];

/** Whether a file of a repository says what a project needs, be it a manifest, a lockfile or a tool's version. */
export function isManifest(path: string): boolean {
  return manifest.test(fileName(path));
}

/** The public registries that a repository with these files installs from. */
export function guessHosts(paths: string[]): string[] {
  const names = new Set(paths.map(fileName));
  const found = registries.filter(({ file }) => [...names].some((name) => file.test(name)));
  return [...new Set(found.flatMap(({ hosts }) => hosts))];
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
